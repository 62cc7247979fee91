import type { SignedCommand } from '@app/contracts';
import { createPool } from '@app/platform';
import { signingBytes } from '@app/sealing';
import { SharedVerifier } from '@app/sealing/node';
import { createDatabase } from '@app/testing';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { profile } from '../../../apps/main-venue/test/support/people.js';
import { endWith } from './child.js';

const FLOOR_CONNECTIONS = 20;

/**
 * The least a durable command service does: a socket, one autocommitted prepared INSERT of what came, an ack (`keep`). And the least of one
 * that takes signed commands: the same after one check of each signature by the venue's own library, on as many threads (`check`).
 */
export async function runFloor(): Promise<void> {
  const database = await createDatabase();
  const owner = createPool({ url: database.ownerUrl, name: 'floor-owner', connectionsMax: 1 });
  await owner.query('CREATE TABLE command (id uuid PRIMARY KEY, body text NOT NULL)');
  await owner.query('GRANT INSERT ON command TO PUBLIC');
  await owner.end();
  const pool = createPool({ url: database.url, name: 'floor', connectionsMax: FLOOR_CONNECTIONS });
  const verifier = new SharedVerifier(profile);
  const keep = (signed: SignedCommand): Promise<unknown> =>
    pool.query({
      name: 'keep',
      text: 'INSERT INTO command (id, body) VALUES ($1, $2)',
      values: [signed.command.id, JSON.stringify(signed)],
    });
  const check = async (signed: SignedCommand): Promise<unknown> => {
    const { command, signer, signature } = signed;
    const key = signer.kind === 'session' ? signer.grant.publicKey : '';
    if (await verifier.verify(key, signingBytes('command', command), signature)) return keep(signed);
    throw new Error('a good signature was refused');
  };
  const server = createServer();
  const sockets = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    for (const [way, work] of Object.entries({ keep, check }))
      socket.on(way, (signed: SignedCommand, ack: () => void) => {
        work(signed).then(ack, (error: unknown) => {
          process.stderr.write(`floor: ${String(error)}\n`);
          process.exitCode = 1;
        });
      });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    process.send?.({ url: `http://127.0.0.1:${String(address.port)}`, identities: [] });
  });
  endWith(async () => {
    await sockets.close();
    await verifier.close();
    await pool.end();
    await database.drop();
  });
}
