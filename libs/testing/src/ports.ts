import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';
/** Ports that no outgoing connection is given (Linux takes those from 32768 on), so that a neighbour stays free. */
const NEIGHBOURS = { from: 20_000, to: 32_000 } as const;
const ATTEMPTS_MAX = 50;

/** A port of 127.0.0.1 that nobody listened on a moment ago. Prefer port 0 where the server can tell what it got. */
export const freePort = (): Promise<number> => tried(0);

/** The first of so many neighbouring ports that nobody listened on a moment ago. */
export async function freeNeighbours(count: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const first = randomInt(NEIGHBOURS.from, NEIGHBOURS.to);
    try {
      for (let port = first; port < first + count; port += 1) await tried(port);
      return first;
    } catch (error) {
      if (attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

/** Listens for a moment. Rejects where somebody else does. */
function tried(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given'));
        else resolve(address.port);
      });
    });
  });
}
