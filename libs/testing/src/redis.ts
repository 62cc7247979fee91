import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './ports.js';

interface RedisModule {
  prepareRedis(options: { folder: string; port: number; password: string; durable: boolean }): {
    file: string;
    args: string[];
    url: string;
    ready(): Promise<void>;
  };
}

/** A Redis of one test, which the test may kill, start again with its data, or set up wrongly. */
export interface TestRedis {
  readonly url: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on its append-only file. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  erase(): Promise<void>;
}

/** Starts a Redis with an append-only file on a free port; `settings` come after those of an installation. */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<TestRedis> {
  const { prepareRedis } = (await import(resolve('scripts/lib/redis.mjs'))) as RedisModule;
  const folder = mkdtempSync(join(tmpdir(), 'gongping-redis-'));
  const program = prepareRedis({ folder, port: await freePort(), password: randomBytes(16).toString('hex'), durable: true });
  let child: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running?.exitCode !== null) return;
    const ended = new Promise((done) => running.once('close', done));
    running.kill('SIGKILL');
    await ended;
  };
  const start = async (): Promise<void> => {
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    child = spawn(program.file, [...program.args, ...args], { cwd: '/', stdio: 'ignore' });
    await program.ready();
  };
  await start();
  return {
    url: program.url,
    kill,
    start,
    erase: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
