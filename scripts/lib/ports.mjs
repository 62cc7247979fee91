import { createServer } from 'node:net';
import { Trouble } from './trouble.mjs';

const listen = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.unref();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });

const given = new Set();

/** A port of 127.0.0.1 that nobody listens on now. One process never gets the same one twice. */
export async function freePort() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = await listen(0);
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
  throw new Error('no free port was found in 100 attempts');
}

export async function isPortFree(port) {
  try {
    await listen(port);
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** The port that the environment names in `variable`, or `fallback`. */
export function configuredPort(variable, fallback) {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return Number(text);
  throw new Trouble(`${variable}=${text} is no port.`, 'Give a number from 1 to 65535.');
}
