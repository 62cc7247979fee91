import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'go');
/** Where Debian's `golang-golang-x-mod-dev` puts its source. */
const GOPATH = '/usr/share/gocode';

/** Whether a Go tool chain is here; the set-up script installs one for the tests where it can. */
export function hasGo(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Builds the Go program of this folder without any network and answers how to ask it. The caller must `remove()` it. */
export function buildGo(): { ask(request: object): unknown; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-go-'));
  const program = join(folder, 'crosscheck');
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    GO111MODULE: 'off',
    GOPATH,
    GOFLAGS: '',
    GOCACHE: join(folder, 'cache'),
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
  };
  execFileSync('go', ['build', '-o', program, join(SOURCE, 'main.go')], { env, cwd: SOURCE });
  return {
    ask: (request): unknown => JSON.parse(execFileSync(program, { input: JSON.stringify(request), encoding: 'utf8', maxBuffer: 64e6 })),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
