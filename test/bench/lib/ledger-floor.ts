import { createPool } from '@app/platform';
import { createDatabase } from '@app/testing';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { endWith } from './child.js';

const FLOOR_CONNECTIONS = 20;

/** The least a durable command service does: a socket, one autocommitted prepared INSERT of what came, an ack. */
export async function runFloor(): Promise<void> {
  const database = await createDatabase();
  const owner = createPool({ url: database.ownerUrl, name: 'floor-owner', connectionsMax: 1 });
  await owner.query('CREATE TABLE command (id uuid PRIMARY KEY, body text NOT NULL)');
  await owner.query('GRANT INSERT ON command TO PUBLIC');
  await owner.end();
  const pool = createPool({ url: database.url, name: 'floor', connectionsMax: FLOOR_CONNECTIONS });
  const server = createServer();
  const sockets = new Server(server, { transports: ['websocket'], perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('command', (signed: { command: { id: string } }, ack: () => void) => {
      pool
        .query({
          name: 'keep',
          text: 'INSERT INTO command (id, body) VALUES ($1, $2)',
          values: [signed.command.id, JSON.stringify(signed)],
        })
        .then(ack, (error: unknown) => {
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
    await pool.end();
    await database.drop();
  });
}
