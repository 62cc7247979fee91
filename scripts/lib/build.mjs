import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkedEngines } from './engines.mjs';
import { inRoot, nodePath, ROOT } from './paths.mjs';
import { lastLines, run, step } from './steps.mjs';
import { Trouble } from './trouble.mjs';

const SERVER = ['apps', 'libs', 'migrations', 'tools', 'test', 'nest-cli.json', 'tsconfig.json', '.swcrc', 'package-lock.json'];
const WEB = ['apps/web', 'libs', 'tsconfig.json', 'package-lock.json'];
const STAMP = inRoot('dist', '.stamp.json');

function* filesOf(path) {
  const full = inRoot(path);
  if (!existsSync(full)) return;
  const entries = readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.endsWith('spec.ts')) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesOf(child);
    else if (entry.isFile()) yield child;
  }
}

/** Hash of names and contents: a checkout or a copy that changes only times builds nothing. */
function hashOf(paths, skip = () => false) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const files = path.includes('.') && !path.includes('/') ? [path].filter((file) => existsSync(inRoot(file))) : filesOf(path);
    for (const file of files)
      if (!skip(file))
        hash
          .update(`${file}\0`)
          .update(readFileSync(inRoot(file)))
          .update('\0');
  }
  return hash.digest('hex');
}

const readStamp = () => (existsSync(STAMP) ? JSON.parse(readFileSync(STAMP, 'utf8')) : {});

/** What was compiled from a source that is gone must not be found by a glob any more. */
function removeStale() {
  const walk = (folder) => {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name);
      if (entry.isDirectory()) walk(full);
      else if (/\.js(\.map)?$/.test(entry.name) && !existsSync(inRoot(relative(inRoot('dist'), full).replace(/\.js(\.map)?$/, '.ts'))))
        rmSync(full);
    }
  };
  for (const folder of ['apps/main-venue', 'apps/sub-venue', 'libs', 'migrations', 'tools', 'test']) walk(inRoot('dist', folder));
}

/** Frozen engines are run as they were released: copied, never compiled. */
function copyEngines() {
  const folder = ['libs', 'evaluation', 'engines'];
  rmSync(inRoot('dist', ...folder), { recursive: true, force: true });
  cpSync(inRoot(...folder), inRoot('dist', ...folder), { recursive: true });
}

/** What a compiler is told of this machine. Nothing else of the caller's environment gets into a build: NODE_ENV alone makes another one. */
const COMPILER_ENV = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', NODE_ENV: 'production' };

async function compile(title, args) {
  await step(title, async () => {
    try {
      await run(nodePath(), args, { cwd: ROOT, env: COMPILER_ENV });
    } catch (error) {
      if (error.code === 'ENOSPC' || error instanceof Trouble) throw error;
      throw new Trouble(`The build failed (${title}).`, `The compiler says:\n${lastLines(error.output ?? error.message, 20)}`);
    }
  });
}

/** Compiles the programs and the web client when their sources changed since the last time, once the engines in both are those that were released. */
export async function build() {
  checkedEngines();
  const wanted = { server: hashOf(SERVER, (file) => file.startsWith('apps/web')), web: hashOf(WEB) };
  const stamp = readStamp();
  const remember = (part) => {
    mkdirSync(inRoot('dist'), { recursive: true });
    writeFileSync(STAMP, JSON.stringify({ ...readStamp(), [part]: wanted[part] }));
  };
  const server = async () => {
    if (stamp.server === wanted.server) return;
    await compile('programs (nest build)', [inRoot('node_modules/@nestjs/cli/bin/nest.js'), 'build', 'main-venue']);
    removeStale();
    copyEngines();
    remember('server');
  };
  const web = async () => {
    if (stamp.web === wanted.web || !existsSync(inRoot('apps/web/index.html'))) return;
    await compile('web client (vite build)', [inRoot('node_modules/vite/bin/vite.js'), 'build', 'apps/web', '--logLevel', 'warn']);
    remember('web');
  };
  // Both to their end, so that a failure of one does not leave the other's compiler running behind our back.
  const failed = (await Promise.allSettled([server(), web()])).find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
