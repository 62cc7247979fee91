import { SocketAdapter } from '@app/venue';
import type { INestApplicationContext } from '@nestjs/common';
import type { Config, Logger } from '@app/platform';
import { createRedis, redisUrlOf } from '@app/platform/redis';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Redis } from 'ioredis';
import type { Server, ServerOptions } from 'socket.io';

const STREAM_BLOCK_MS = 250;
const STREAM_LENGTH_MAX = 10_000;

/** The sockets of several main-venue processes, which tell each other over a Redis stream. */
export class StreamSocketAdapter extends SocketAdapter {
  readonly #redis: Redis;

  constructor(app: INestApplicationContext, config: Config, logger: Logger) {
    super(app, config);
    this.#redis = createRedis(redisUrlOf(config), { name: `${config.VENUE_ID}-sockets` }, (error) => {
      logger.debug({ err: error }, 'sockets: Redis cannot be reached');
    });
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, options);
    server.adapter(
      createAdapter(this.#redis, { blockTimeInMs: STREAM_BLOCK_MS, maxLen: STREAM_LENGTH_MAX, streamName: 'gongping:sockets' }),
    );
    return server;
  }

  override async dispose(): Promise<void> {
    this.#redis.disconnect();
    await super.dispose();
  }
}
