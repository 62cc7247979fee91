import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Keeper } from './keeper.mjs';
import { inRoot, nodePath } from './paths.mjs';
import { configuredPort, freePort, isPortFree } from './ports.mjs';
import { endProcess, isAlive, startTicks } from './processes.mjs';
import { endLeftovers, readJson, recordRun, runningSystem } from './run-record.mjs';
import { explain } from './trouble.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongping-scripts-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const waiter = () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
  return { pid: child.pid, ticks: startTicks(child.pid) };
};

describe('processes', () => {
  it('are known by number and start, so that a number used again is not taken for ours', async () => {
    const ours = waiter();
    expect(isAlive(ours)).toBe(true);
    expect(isAlive({ pid: ours.pid, ticks: '1' })).toBe(false);
    expect(await endProcess(ours)).toBe(true);
    expect(isAlive(ours)).toBe(false);
    expect(await endProcess(ours)).toBe(true);
  });

  it('that do not heed the first signal are killed', async () => {
    const child = spawn('sh', ['-c', "trap '' TERM; echo ready; while :; do sleep 0.1; done"], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const stubborn = { pid: child.pid, ticks: startTicks(child.pid) };
    expect(await endProcess(stubborn, 'SIGTERM', 200)).toBe(true);
  });
});

describe('a port', () => {
  it('that somebody listens on is not free', async () => {
    const port = await freePort();
    expect(await isPortFree(port)).toBe(true);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await isPortFree(port)).toBe(false);
    server.close();
  });

  it.each(['0', '65536', '71x', '-1'])('%s from the environment is refused by the name of its variable', (text) => {
    process.env.GONGPING_TEST_PORT = text;
    expect(() => configuredPort('GONGPING_TEST_PORT', 7100)).toThrow('GONGPING_TEST_PORT');
    delete process.env.GONGPING_TEST_PORT;
    expect(configuredPort('GONGPING_TEST_PORT', 7100)).toBe(7100);
  });
});

describe('a keeper', () => {
  const keeperOf = (script, ready = () => Promise.resolve()) => {
    const said = [];
    const prepared = { file: 'sh', args: ['-c', script], stopSignal: 'SIGTERM', ready };
    return { said, sut: new Keeper({ name: 'it', prepared, logFile: join(folder, 'it.log'), say: (line) => said.push(line) }) };
  };

  it('starts a killed process again and says so', async () => {
    const { sut, said } = keeperOf('sleep 60');
    await sut.start();
    const first = sut.pid;
    sut.kill();
    await sut.ready();
    expect(sut.pid).not.toBe(first);
    expect(sut.restarts).toBe(1);
    expect(said[0]).toMatch(/^it ended \(SIGKILL\); starting it again in 0\.2 s$/);
    await sut.stop();
    expect(isAlive(sut.recorded)).toBe(false);
  });

  it('does not start a stopped process again', async () => {
    const { sut, said } = keeperOf('sleep 60');
    await sut.start();
    await sut.stop();
    await sleep(300);
    expect(said).toEqual([]);
    expect(isAlive(sut.recorded)).toBe(false);
  });

  it('waits longer after each failure, and stops in the middle of that', async () => {
    const { sut, said } = keeperOf('sleep 0.05');
    await sut.start();
    while (said.length < 3) await sleep(50);
    await sut.stop();
    expect(said.filter((line) => line.includes('starting it again')).map((line) => /in ([\d.]+) s/.exec(line)[1])).toEqual(['0.2', '0.4']);
  });

  it('ends a process that runs but never becomes ready', async () => {
    const { sut } = keeperOf('sleep 60', () => Promise.reject(new Error('not healthy')));
    await expect(sut.start()).rejects.toThrow('not healthy');
    expect(isAlive(sut.recorded)).toBe(false);
  });

  it('tells where the log is when the process ends before it is ready', async () => {
    const { sut } = keeperOf('echo "Error: no such table"; exit 3', () => new Promise(() => undefined));
    await expect(sut.start()).rejects.toThrow(/^it ended at its start \(code 3\): Error: no such table\. Read .*it\.log\.$/);
  });
});

describe('the record of a run', () => {
  it('shows a living supervisor, and lets the next start end what a killed one left', async () => {
    const left = waiter();
    recordRun(folder, new Map([['main', { recorded: left }]]));
    expect(runningSystem(folder).supervisor.pid).toBe(process.pid);
    await endLeftovers(folder);
    expect(isAlive(left)).toBe(true); // a living supervisor's processes are not ours to end
    const record = readJson(join(folder, 'run.json'));
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, supervisor: { pid: record.supervisor.pid, ticks: '1' } }));
    expect(runningSystem(folder)).toBeNull();
    const said = [];
    await endLeftovers(folder, (line) => said.push(line));
    expect(isAlive(left)).toBe(false);
    expect(said).toHaveLength(1);
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  });

  it('that is damaged counts as none', () => {
    writeFileSync(join(folder, 'run.json'), '{"supervisor": {"pid"');
    expect(runningSystem(folder)).toBeNull();
  });
});

describe('setup', () => {
  /** A clone with nothing installed, and programs of our own in place of npm and apt-get. */
  const clone = (programs) => {
    cpSync(inRoot('scripts'), join(folder, 'scripts'), { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) cpSync(inRoot(name), join(folder, name));
    mkdirSync(join(folder, 'bin'));
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: folder };
    return spawnSync(process.execPath, [join(folder, 'scripts', 'setup.mjs')], { env, encoding: 'utf8' });
  };

  it.each([
    ['the registry cannot be reached', 'echo "npm error code ENOTFOUND"; exit 1', /The npm registry cannot be reached\. Check the network/],
    ['the disk fills up', 'echo "npm error ENOSPC: no space left on device"; exit 1', /The disk is full\. Free some space/],
    [
      'the folder belongs to somebody else',
      'echo "npm error code EACCES"; exit 1',
      /No permission to write .*node_modules\. Run as the user/,
    ],
    ['lock and package.json differ', 'echo "npm error code EUSAGE"; exit 1', /do not fit together\. Take both from the same commit/],
  ])('says cause and remedy in one sentence each when %s', (_case, npm, expected) => {
    const { status, stderr } = clone({ npm });
    expect(status).toBe(1);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\n\s+at /); // no stack
  });

  it('names what a system call refused', () => {
    expect(explain({ code: 'EACCES', path: '/x' }).message).toContain('/x');
    expect(explain({ code: '53100' }).message).toMatch(/^The disk is full\. Free some space/);
    expect(explain({ code: 'ENOENT', syscall: 'open', path: '/x' })).toBeUndefined();
    expect(explain(new Error('something else'))).toBeUndefined();
  });

  it.each(['home', 'home/below'])('says cause and remedy when %s of the wished home is a file', (path) => {
    writeFileSync(join(folder, 'home'), '');
    const env = { ...process.env, GONGPING_HOME: join(folder, path) };
    const { status, stderr } = spawnSync(process.execPath, [inRoot('scripts', 'start.mjs')], { env, encoding: 'utf8', timeout: 30_000 });
    expect(status).toBe(1);
    expect(stderr).toMatch(/There is a file where a folder is needed: .*home\. Remove the file/);
    expect(stderr).not.toMatch(/\n\s+at /); // no stack
  });
});

describe('npm run demo', () => {
  const demo = (...args) =>
    spawnSync(process.execPath, [inRoot('scripts', 'demo.mjs'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, GONGPING_HOME: folder, INIT_CWD: folder },
    });

  it('names the stages, and refuses one that is none with the same list before anything is played', () => {
    const list = demo('--list');
    expect(list.status).toBe(0);
    expect(list.stdout).toMatch(/^ {2}opening {5}开标: .*\.$/m);
    const wrong = demo('--until', 'openning');
    expect([wrong.status, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain('There is no stage “openning”');
    expect(wrong.stderr).toContain('evaluation  评标: ');
  });

  it('leaves no lot in a system that would be gone at once', () => {
    const { status, stderr } = demo('--until', 'opening');
    expect([status, stderr]).toEqual([1, expect.stringContaining('Run npm start in another terminal first.')]);
  });
});

describe("a site's program", () => {
  it('loads no library at its start that it may never need: databases by classes, Redis, media, issuing of certificates', () => {
    const script = `
      await import(${JSON.stringify(inRoot('dist', 'apps', 'sub-venue', 'src', 'app.js'))});
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire('file:///').cache).map((file) => /node_modules\\/(@[^/]+\\/[^/]+|[^/]+)/.exec(file)?.[1]);
      console.log(JSON.stringify([...new Set(loaded)]));`;
    const { stdout, stderr } = spawnSync(nodePath(), ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect(stderr).toBe('');
    const loaded = JSON.parse(stdout);
    expect(loaded).toContain('pg');
    for (const library of ['typeorm', 'ioredis', 'bullmq', 'mediasoup', '@peculiar/x509']) expect(loaded).not.toContain(library);
  });
});
