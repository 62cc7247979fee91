import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { JOBS } from '@app/contracts';
import { AWARD_METHODS, decimal, PRICE_METHODS, RULE_SETS, SLICES, zAwardRule, zPriceRule } from '@app/evaluation';
import { lowestFirst } from './example/lowest-first.js';
import { mostVotes } from './example/most-votes.js';

const rule = { kind: 'lowest-first', full: '30', perPlace: '2' };

describe('the worked examples of docs/extending.md', () => {
  it('gives points as its page says', () => {
    const bids = ['980000', '945000', '1200000'].map((price, index) => ({ party: `bidder-${index + 1}`, evaluated: decimal(price) }));
    const { of, benchmark } = lowestFirst.score(rule, {
      bids,
      quotes: [],
      k: null,
      ceiling: '1500000',
      drawPlace: (party) => party,
      benchmarkDecimals: null,
    });
    expect(of.map(({ score }) => score.toFixed())).toEqual(['28', '30', '26']);
    expect([benchmark, lowestFirst.fullMarks(rule), lowestFirst.coefficient(rule)]).toEqual([null, '30', null]);
  });

  it('counts votes as its page says', () => {
    expect(mostVotes.tally?.(['A', 'B', 'C'], ['A', 'B', 'A', null, 'C'], 5)).toEqual({
      votes: { A: 2, B: 1, C: 1 },
      outcome: { winner: 'A' },
    });
    expect(mostVotes.tally?.(['A', 'B'], ['A', 'B', null, null, null], 5).outcome).toEqual({ runOff: ['A', 'B'] });
    expect(mostVotes.committeeSize({ kind: 'most-votes', members: 7 } as never)).toBe(7);
  });

  it.each([
    ['lowest-first', 'export const'],
    ['most-votes', 'export const'],
    ['remark-slice', '// commands.ts'],
  ])('%s is printed in the page as it runs here', (name, from) => {
    const page = readFileSync(new URL('../../../docs/extending.md', import.meta.url), 'utf8');
    const source = readFileSync(new URL(`./example/${name}.ts`, import.meta.url), 'utf8');
    expect(page).toContain(source.slice(source.indexOf(from)).trim());
  });

  it('refuses a rule of another kind', () => {
    expect(() => lowestFirst.fullMarks({ kind: 'low-price-first' })).toThrow();
  });
});

/** Files of the product's code (no tests, no frozen engines, no words of the web client) that match. */
function filesWith(pattern: RegExp): string[] {
  const root = join(import.meta.dirname, '..', '..', '..');
  return ['libs', 'apps', 'tools', 'migrations']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /[.](ts|vue)$/.test(entry.name) && !/spec[.]ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !/node_modules|[/]test[/]|[/]locales[/]|^libs[/]testing[/]|engines[/]/.test(path))
    .filter((path) => pattern.test(readFileSync(join(root, path), 'utf8')))
    .sort();
}
/** Files that every slice has, as the page says. */
const FORM = ['commands.ts', 'events.ts', 'state.ts', 'rules.ts', 'slice.ts', 'index.ts'];
/** Without indentation. */
const flat = (text: string): string => text.replaceAll(/^ +/gm, '').trim();
/** What the wizard asks for by method: a kind that is missing there does not compile. */
const FORMS = 'apps/web/src/areas/agency/model/method-forms.ts';
const outside = (folder: string, files: readonly string[]): string[] => files.filter((path) => !path.startsWith(folder));

describe('the number of places that one touches', () => {
  it.each(PRICE_METHODS.map(({ kind }) => kind))('of the price method %s: its folder, one line, and the fields of its form', (kind) => {
    const methods = 'libs/evaluation/src/scoring/methods/';
    expect(outside(`${methods}${kind}/`, filesWith(new RegExp(`['"/]${kind}['"/]`)))).toEqual([FORMS, `${methods}index.ts`]);
  });

  it.each(AWARD_METHODS.map(({ kind }) => kind))('of the award method %s: its folder, one line, and the fields of its form', (kind) => {
    const methods = 'libs/evaluation/src/award/methods/';
    expect(filesWith(new RegExp(`'${kind}'`))).toEqual([FORMS, `${methods}${kind}/index.ts`]);
    expect(outside(`${methods}${kind}/`, filesWith(new RegExp(`/${kind}/index[.]js'`)))).toEqual([`${methods}index.ts`]);
  });

  it('of an HTTP endpoint: contract, handler and client call, for both venues, as docs/extending.md prints them', () => {
    const places = filesWith(/\bzVenueLine\b|api[/]venues/).map((path) => path.split('/').slice(0, 2).join('/'));
    expect([...new Set(places)]).toEqual(['apps/web', 'libs/contracts', 'libs/venue']);
    const root = join(import.meta.dirname, '..', '..', '..');
    const page = readFileSync(join(root, 'docs', 'extending.md'), 'utf8');
    const example = /```ts\n[/][/] 1[.] [^`]*```/.exec(page.slice(page.indexOf('GET /api/venues')))?.[0] ?? '';
    const parts = example.matchAll(/[/][/] \d[.] (\S+)\n([^]*?)(?=\n\n[/][/]|\n```)/g);
    const printed = [...parts].map(([, path = '', text = '']) => ({
      path,
      text: flat(text),
      source: flat(readFileSync(join(root, path), 'utf8')),
    }));
    expect(printed.map(({ path }) => path.split('/').slice(0, 2).join('/'))).toEqual(['libs/contracts', 'libs/venue', 'apps/web']);
    for (const { text, source } of printed) expect(source).toContain(text);
  });

  it('of a socket message: contract, handler and client call, for both venues', () => {
    const files = filesWith(/'lot:watch'/);
    expect(files.map((path) => path.split('/').slice(0, 2).join('/'))).toEqual(['apps/web', 'libs/contracts', 'libs/venue']);
  });

  it.each(SLICES.map(({ name }) => name))('of the slice %s: its folder and two lines; the rest of the rules asks its index', (name) => {
    const folder = `libs/evaluation/src/${name}/`;
    expect(outside(folder, filesWith(new RegExp(`\\b${name}Slice\\b`)))).toEqual(['libs/evaluation/src/engine/slices.ts']);
    const reached = filesWith(new RegExp(`from '[./]+/${name}/(?!(methods/)?index[.]js|slice[.]js|duties[.]js|audience[.]js)`));
    expect(outside(folder, reached).filter((path) => path.startsWith('libs/evaluation/src/'))).toEqual([]);
    const index = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
    expect(index.split('\n').filter((line) => line.includes(`/${name}/`))).toEqual([`export * from './${name}/index.js';`]);
  });

  it.each([...SLICES])(
    'the folder of the slice $name has the files of the form; who sees a part, and who owes what, where it says either',
    (slice) => {
      const files = readdirSync(new URL(`../src/${slice.name}/`, import.meta.url));
      const hides = Object.values(slice.commands).some(({ audience }) => audience !== undefined);
      const form = [...FORM, ...(hides ? ['audience.ts'] : []), ...(slice.duties === undefined ? [] : ['duties.ts'])];
      expect(form.filter((file) => !files.includes(file))).toEqual([]);
    },
  );

  it('of a job: one line and one processor', () => {
    const names = Object.keys(JOBS);
    for (const name of names) {
      const files = filesWith(new RegExp(`@Job\\('${name}'`));
      expect([name, files.length]).toEqual([name, 1]);
      expect(filesWith(new RegExp(`^ +'${name}': z[.]`, 'm'))).toEqual(['libs/contracts/src/jobs.ts']);
    }
  });

  it('of a page: its area, and one line for a new area', () => {
    for (const area of ['admin', 'desk', 'public']) {
      const routes = filesWith(new RegExp(`/${area}/routes[.]js'`));
      expect(routes).toEqual(['apps/web/src/areas/routes.ts']);
    }
  });
});

describe('the registries', () => {
  it('refuse a tender document with a kind that no line lists', () => {
    expect(zPriceRule.safeParse(rule).success).toBe(false);
    expect(zAwardRule.safeParse({ kind: 'lot-draw' }).success).toBe(false);
  });

  it('hold each kind once, and every kind that a rule set names', () => {
    const kinds: string[] = PRICE_METHODS.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(new Set(AWARD_METHODS.map(({ kind }) => kind)).size).toBe(AWARD_METHODS.length);
    for (const { priceRules } of RULE_SETS) for (const kind of priceRules) expect(kinds).toContain(kind);
  });

  it('hold slices that share no command, no event and no state', () => {
    for (const names of [
      SLICES.flatMap(({ commands }) => Object.keys(commands)),
      SLICES.flatMap(({ events }) => Object.keys(events)),
      SLICES.map(({ name }) => name),
    ])
      expect(new Set(names).size).toBe(names.length);
  });
});
