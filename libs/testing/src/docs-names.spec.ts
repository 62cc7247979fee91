import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Goal: pages that name what is there. Method: every name between backticks that reads like code or a path is looked up in the sources. */
const PAGES = [
  'README.md',
  'docs/architecture.md',
  'docs/extending.md',
  ...readdirSync('docs/design').map((page) => `docs/design/${page}`),
];
const SOURCES = ['apps', 'libs', 'migrations', 'scripts', 'test', 'tools'];
/** Frozen engines hold what is not in the sources any more; the rest is not ours. */
const LEFT_OUT = /node_modules|libs\/evaluation\/engines|[.]medium-report|\/(dist|fixtures|screens)(\/|$)/;
/** Words of others: HTTP headers, extensions of tus, what a browser's policy forbids. */
const OF_OTHERS = new Set(['Location', 'concatenation', 'eval']);
/** Steps whose names are put together, and the worked example's area, which a reader would make. */
const MADE = new Set(['scores:credential', 'apps/web/src/areas/places/routes.ts']);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (LEFT_OUT.test(path)) return [];
    if (entry.isDirectory()) return filesBelow(path);
    return /[.](ts|vue|mjs|js|json|css|html)$/.test(entry.name) ? [path] : [];
  });
}

const NAME = /^[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\(\))?$/;
const PATH = /^(?:apps|docs|libs|migrations|scripts|test|tools)\/[\w./@-]*$/;
const MESSAGE = /^[a-z]+[.:][a-z-]+$/;

describe('the pages of the documentation', () => {
  const files = [...SOURCES.flatMap(filesBelow), ...readdirSync('.').filter((name) => /[.](cjs|json|jsonc|js)$/.test(name))];
  const text = files
    .filter((file) => !file.endsWith('docs-names.spec.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const words = new Set(text.match(/[A-Za-z_$][\w$]*/g));

  const isThere = (name: string): boolean => {
    if (OF_OTHERS.has(name) || MADE.has(name)) return true;
    if (PATH.test(name)) return existsSync(name);
    if (MESSAGE.test(name) && text.includes(name)) return true;
    if (!NAME.test(name)) return !MESSAGE.test(name);
    return name
      .replace('()', '')
      .split('.')
      .every((word) => words.has(word) || /^\d+$/.test(word) || files.some((file) => file.endsWith(name)));
  };

  it.each(PAGES)('%s name only what the sources have', (page) => {
    const prose = readFileSync(page, 'utf8').replace(/```[^]*?```/g, '');
    const names = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !isThere(name))).toEqual([]);
  });

  it('name every folder of libs and tools where docs/architecture.md lists them', () => {
    const listed = /## Folders\s+```([^]*?)```/.exec(readFileSync('docs/architecture.md', 'utf8'))?.[1] ?? '';
    const folders = ['libs', 'tools'].flatMap((above) => readdirSync(above).map((folder) => `${above}/${folder}/`));
    expect(folders.filter((folder) => !listed.includes(folder))).toEqual([]);
  });

  it('and comments cite law as docs/glossary.md says: short title and number, in no other form', () => {
    const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).flatMap((page) =>
      page.endsWith('.md') ? [`docs/${page}`] : [],
    );
    // Web texts are whole sentences; a migration that has landed is not edited; one sentence is what frozen engines give.
    const cited = files.filter((file) => /[.](ts|vue|mjs)$/.test(file) && !/[/]locales[/]|^migrations[/]/.test(file));
    const other = [...PAGES, ...pages, ...cited].flatMap((file) =>
      (readFileSync(file, 'utf8').match(/.*\b(?:[Aa]rt[.] ?|Article )\d.*/g) ?? []).map((line) => `${file}: ${line.trim()}`),
    );
    expect(other.filter((line) => !line.includes('name a ground of 87号令 art. 63'))).toEqual([]);
  });
});
