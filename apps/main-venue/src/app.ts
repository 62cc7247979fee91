import 'reflect-metadata';
import { EDGE_OPTIONS, serveWeb, setUpHttp } from '@app/venue';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Config, Logger } from '@app/platform';
import { NestLogger, requireSchema } from '@app/platform';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';
import { AppModule } from './app.module.js';
import { LOGGER } from './core/tokens.js';
import { StreamSocketAdapter } from './http/stream-socket-adapter.js';

/** First segments of the addresses that are no pages of the web client. */
const RESERVED = ['api', 'log', 'venue', 'witness', 'socket.io', 'healthz', 'readyz'];

/** The version in package.json, which lies above the sources and above what is built of them. */
function release(folder = import.meta.dirname): string {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return release(dirname(folder));
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** A configured application that does not listen yet; `close()` ends it and all it opened. Throws `SchemaError` over another release's tables. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  await requireSchema(config.DATABASE_URL, MAIN_MIGRATIONS);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(config), EDGE_OPTIONS);
  const logger = app.get<Logger>(LOGGER);
  app.useLogger(new NestLogger(logger));
  setUpHttp(app, config);
  app.useWebSocketAdapter(new StreamSocketAdapter(app, config, logger));
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder().setTitle('公评 Gongping main venue').setVersion(release()).addBearerAuth().build(),
  );
  SwaggerModule.setup('api/docs', app, document);
  serveWeb(app, RESERVED, config);
  app.enableShutdownHooks();
  return app;
}
