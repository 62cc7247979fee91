import 'reflect-metadata';
import { EDGE_OPTIONS, serveWeb, setUpHttp, SocketAdapter } from '@app/venue';
import type { Config, Logger } from '@app/platform';
import { createLogger, NestLogger, requireSchema } from '@app/platform';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SITE_MIGRATIONS } from '../../../migrations/site/index.js';
import { AppModule } from './app.module.js';

/** First segments of the addresses that are no pages of the web client. */
const RESERVED = ['api', 'mirror', 'witness', 'socket.io', 'healthz', 'readyz'];

/**
 * A configured site that neither works nor listens yet: `init()` or `listen()` starts it, `close()` ends it and all it opened.
 * Throws `SchemaError` over another release's tables.
 */
export async function createSite(
  config: Config,
  logger: Logger = createLogger({ name: config.VENUE_ID, level: config.LOG_LEVEL }),
): Promise<NestExpressApplication> {
  await requireSchema(config.DATABASE_URL, SITE_MIGRATIONS);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(config, logger), EDGE_OPTIONS);
  app.useLogger(new NestLogger(logger));
  setUpHttp(app, config);
  app.useWebSocketAdapter(new SocketAdapter(app, config));
  if (config.VENUE_ROLE === 'sub') serveWeb(app, RESERVED, config);
  app.enableShutdownHooks();
  return app;
}
