import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A line between two processes on this machine: a relay of bytes that a test cuts or silences. */
export class LineProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => this.#relay(near));
  #mode: 'up' | 'cut' | 'silent' = 'up';

  constructor(private readonly targetPort: number) {}

  /** Listens on a free port, which stands for the target's from now on. */
  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection; new ones are ended at once. */
  cut(): void {
    this.#mode = 'cut';
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nothing goes through, and nobody is told: bytes wait on their way as they do where packets are lost. */
  silence(): void {
    this.#mode = 'silent';
    for (const socket of this.#sockets) socket.pause();
  }

  mend(): void {
    this.#mode = 'up';
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #relay(near: Socket): void {
    if (this.#mode === 'cut') {
      near.on('error', () => undefined).destroy();
      return;
    }
    const far = connect(this.targetPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#mode === 'silent') from.pause();
    }
  }
}
