import 'reflect-metadata';
import type { Config, Logger } from '@app/platform';
import { createLogger, NestLogger, SystemClock } from '@app/platform';
import { profileOf } from '@app/sealing/node';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { IoAdapter } from '@nestjs/platform-socket.io';
import helmet from 'helmet';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Server, ServerOptions } from 'socket.io';
import { AppModule } from './app.module.js';
import { startMedia } from './media/media.js';
import type { Site } from './site/site.js';
import { buildSite } from './site/site.js';
import { loadSiteKeys } from './site/site-keys.js';

const NEST_OPTIONS: Partial<NestApplicationOptions> = { bufferLogs: true, bodyParser: false };
const INSTALLATION_PROFILE = 'gp-std-1';
/** Where the built web client lies, from the folder that the processes are started in. */
const WEB_DIR = join('dist', 'web');

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
  const options = { config, keys: await loadSiteKeys(config.KEYS_FILE), profile, clock: new SystemClock(), logger };
  const site = buildSite(options);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(options, site), NEST_OPTIONS);
  app.useLogger(new NestLogger(logger));
  protect(app, config);
  app.useBodyParser('json', { limit: config.MESSAGE_BYTES_MAX, strict: true });
  app.set('query parser', 'simple');
  app.useWebSocketAdapter(new SiteSocketAdapter(app, config));
  if (config.VENUE_ROLE === 'sub') serveWeb(app);
  await site.start();
  const media = await startMedia(config, logger);
  const close = async (): Promise<void> => {
    await app.close();
    await media?.close();
    await site.close();
  };
  return { app, site, close };
}

function protect(app: NestExpressApplication, config: Config): void {
  const isTls = config.PUBLIC_URL.startsWith('https:');
  const directives = {
    'connect-src': ["'self'", 'ws:', 'wss:', 'http://127.0.0.1:*'],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'", 'blob:'],
    // Embedded installations serve plain HTTP on the loopback address.
    'upgrade-insecure-requests': null,
  };
  const crossOriginOpenerPolicy = isTls ? ({ policy: 'same-origin' } as const) : false;
  app.use(
    helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: isTls, crossOriginOpenerPolicy, originAgentCluster: false }),
  );
}

class SiteSocketAdapter extends IoAdapter {
  constructor(
    app: NestExpressApplication,
    private readonly config: Config,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const limits = {
      transports: ['websocket'],
      maxHttpBufferSize: this.config.MESSAGE_BYTES_MAX,
      perMessageDeflate: false,
      serveClient: false,
    };
    return super.createIOServer(port, { ...options, ...limits } as ServerOptions);
  }
}

interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly accepts: (kind: string) => unknown;
}

/** The web client with its one page for every address of its own. */
function serveWeb(app: NestExpressApplication): void {
  const index = join(process.cwd(), WEB_DIR, 'index.html');
  if (!existsSync(index)) return;
  app.useStaticAssets(join(process.cwd(), WEB_DIR), { index: 'index.html', maxAge: '1h', setHeaders: noCacheForPage });
  app.use((request: PageRequest, response: { sendFile: (file: string) => void }, next: () => void) => {
    const isOwn = !/^\/(api|mirror|witness|socket\.io|healthz|readyz)(\/|$)/.test(request.path) && !/\.[a-z0-9]+$/i.test(request.path);
    if (request.method === 'GET' && isOwn && request.accepts('html') !== false) response.sendFile(index);
    else next();
  });
}

function noCacheForPage(response: { setHeader: (name: string, value: string) => unknown }, path: string): void {
  if (path.endsWith('.html')) response.setHeader('Cache-Control', 'no-cache');
}
