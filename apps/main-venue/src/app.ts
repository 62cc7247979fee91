import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Config, Logger } from '@app/platform';
import { NestLogger } from '@app/platform';
import helmet from 'helmet';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppModule } from './app.module.js';
import { LOGGER } from './core/tokens.js';
import { SocketAdapter } from './http/socket-adapter.js';

/** Where the built web client lies, from the folder that the processes are started in. */
const WEB_DIR = join('dist', 'web');

/** Bodies are read by a parser with our own limit. */
const NEST_OPTIONS: Partial<NestApplicationOptions> = { bufferLogs: true, bodyParser: false };

/** A configured application that does not listen yet; `close()` ends it and all it opened. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(config), NEST_OPTIONS);
  const logger = app.get<Logger>(LOGGER);
  app.useLogger(new NestLogger(logger));
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          'connect-src': ["'self'", 'ws:', 'wss:', 'http://127.0.0.1:*'],
          'img-src': ["'self'", 'data:', 'blob:'],
          'media-src': ["'self'", 'blob:'],
          'worker-src': ["'self'", 'blob:'],
          // Embedded installations serve plain HTTP on the loopback address.
          'upgrade-insecure-requests': null,
        },
      },
      strictTransportSecurity: config.PUBLIC_URL.startsWith('https:'),
      crossOriginOpenerPolicy: config.PUBLIC_URL.startsWith('https:') ? { policy: 'same-origin' } : false,
      originAgentCluster: false,
    }),
  );
  app.useBodyParser('json', { limit: config.MESSAGE_BYTES_MAX, strict: true });
  app.set('query parser', 'simple');
  app.useWebSocketAdapter(new SocketAdapter(app, config, logger));
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder().setTitle('公评 Gongping main venue').setVersion('0.1.0').addBearerAuth().build(),
  );
  SwaggerModule.setup('api/docs', app, document);
  serveWeb(app);
  app.enableShutdownHooks();
  return app;
}

/** The web client with its one page for every address of its own. */
function serveWeb(app: NestExpressApplication): void {
  const index = join(process.cwd(), WEB_DIR, 'index.html');
  if (!existsSync(index)) return;
  app.useStaticAssets(join(process.cwd(), WEB_DIR), { index: 'index.html', maxAge: '1h', setHeaders: noCacheForPage });
  app.use(
    (
      request: { method: string; path: string; accepts: (kind: string) => unknown },
      response: { sendFile: (file: string) => void },
      next: () => void,
    ) => {
      const isPage =
        request.method === 'GET' &&
        !/^\/(api|log|witness|socket\.io|healthz|readyz)(\/|$)/.test(request.path) &&
        request.accepts('html') !== false;
      if (isPage && !/\.[a-z0-9]+$/i.test(request.path)) response.sendFile(index);
      else next();
    },
  );
}

function noCacheForPage(response: { setHeader: (name: string, value: string) => unknown }, path: string): void {
  if (path.endsWith('.html')) response.setHeader('Cache-Control', 'no-cache');
}
