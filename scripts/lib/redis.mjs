import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from './trouble.mjs';

const START_MS_MAX = 30_000;

/** Path of an installed redis-server, or null. */
export function findRedis() {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin', '/usr/sbin'];
  return folders.map((folder) => join(folder, 'redis-server')).find((file) => file.startsWith('/') && existsSync(file)) ?? null;
}

/** One inline command to Redis; answers the first line. */
function ask(port, password) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer within 2 s')));
    socket.once('error', reject);
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.split('\r\n').length < 3) return;
      socket.destroy();
      resolve(text);
    });
  });
}

/**
 * Prepares a Redis that keeps its queue over a restart (append-only file) and lets nobody in without the password.
 * @param {{folder: string, port: number, password: string, durable: boolean}} options
 */
export function prepareRedis({ folder: place, port, password, durable }) {
  const file = findRedis();
  if (file === null) throw new Trouble('No redis-server was found.', 'Install it: apt-get install redis-server');
  mkdirSync(place, { recursive: true });
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${JSON.stringify(place)}`,
    `requirepass ${password}`,
    'save ""',
    `appendonly ${durable ? 'yes' : 'no'}`,
    'aof-load-truncated yes',
    'maxmemory-policy noeviction',
    'daemonize no',
  ];
  const config = join(place, 'redis.conf');
  writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  return {
    file,
    args: [config],
    spawnOptions: { cwd: '/' },
    stopSignal: 'SIGTERM',
    beforeStart: () => undefined,
    ready: () => waitForRedis(port, password),
    url: `redis://:${password}@127.0.0.1:${port}`,
  };
}

async function waitForRedis(port, password) {
  let last = '';
  for (const endMs = Date.now() + START_MS_MAX; Date.now() < endMs; await sleep(20)) {
    try {
      last = await ask(port, password);
      if (last.includes('+PONG')) return;
    } catch (error) {
      last = error.message;
    }
  }
  throw new Trouble(`Redis does not answer (${last.trim()}).`, 'Read its log in the logs folder.');
}
