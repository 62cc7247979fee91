import 'reflect-metadata';
import { EDGE_OPTIONS, serveWeb, setUpHttp, SocketAdapter } from '@app/venue';
import type { Config, Logger } from '@app/platform';
import { createLogger, NestLogger, readKeysFile, SystemClock } from '@app/platform';
import { profileOf } from '@app/sealing/node';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { startMedia } from './media/media.js';
import type { Site } from './site/site.js';
import { buildSite } from './site/site.js';
import { zSiteKeys } from './site/site-keys.js';

const INSTALLATION_PROFILE = 'gp-std-1';
/** First segments of the addresses that are no pages of the web client. */
const RESERVED = ['api', 'mirror', 'witness', 'socket.io', 'healthz', 'readyz'];

/** A site that works but does not listen yet; `close()` ends it and all it opened. */
export interface RunningSite {
  readonly app: NestExpressApplication;
  readonly site: Site;
  close(): Promise<void>;
}

export async function createSite(
  config: Config,
  logger: Logger = createLogger({ name: config.VENUE_ID, level: config.LOG_LEVEL }),
): Promise<RunningSite> {
  const profile = profileOf(INSTALLATION_PROFILE);
  const options = { config, keys: await readKeysFile(zSiteKeys, config.KEYS_FILE), profile, clock: new SystemClock(), logger };
  const site = buildSite(options);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(options, site), EDGE_OPTIONS);
  app.useLogger(new NestLogger(logger));
  setUpHttp(app, config);
  app.useWebSocketAdapter(new SocketAdapter(app, config));
  if (config.VENUE_ROLE === 'sub') serveWeb(app, RESERVED);
  await site.start();
  const media = await startMedia(config, logger);
  const close = async (): Promise<void> => {
    await app.close();
    await media?.close();
    await site.close();
  };
  return { app, site, close };
}
