import type { Config } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

/** Whoever opens a line and joins nothing is cut off after this time. */
const SOCKET_JOIN_MS_MAX = 10_000;

/** Limits of a venue's sockets: WebSocket only, messages up to MESSAGE_BYTES_MAX bytes, which are not compressed. */
export const socketLimits = (config: Pick<Config, 'MESSAGE_BYTES_MAX'>) =>
  ({
    transports: ['websocket'],
    maxHttpBufferSize: config.MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
    serveClient: false,
    connectTimeout: SOCKET_JOIN_MS_MAX,
  }) satisfies Partial<ServerOptions>;

/** Sockets within the limits of every venue, for one process. */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly config: Pick<Config, 'MESSAGE_BYTES_MAX'>,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, { ...options, ...socketLimits(this.config) } as ServerOptions);
  }
}
