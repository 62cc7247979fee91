import type { Config } from '@app/platform';
import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';

/** Options of a venue's application: bodies are read by a parser with our own limit, which {@link setUpHttp} adds. */
export const EDGE_OPTIONS: Partial<NestApplicationOptions> = { bufferLogs: true, bodyParser: false };

/** What every venue's HTTP edge has: protective headers, JSON bodies up to MESSAGE_BYTES_MAX bytes, plain query strings. */
export function setUpHttp(app: NestExpressApplication, config: Pick<Config, 'PUBLIC_URL' | 'MESSAGE_BYTES_MAX'>): void {
  app.use(protection(config.PUBLIC_URL));
  app.useBodyParser('json', { limit: config.MESSAGE_BYTES_MAX, strict: true });
  app.set('query parser', 'simple');
}

/** Middleware that sends the protective headers. What needs TLS is sent only where `publicUrl`, the browsers' address, has it. */
export function protection(publicUrl: string): ReturnType<typeof helmet> {
  const isTls = publicUrl.startsWith('https:');
  const directives = {
    'connect-src': ["'self'", 'ws:', 'wss:', 'http://127.0.0.1:*'],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'", 'blob:'],
    // Embedded installations serve plain HTTP on the loopback address.
    'upgrade-insecure-requests': null,
  };
  const crossOriginOpenerPolicy = isTls ? ({ policy: 'same-origin' } as const) : false;
  return helmet({
    contentSecurityPolicy: { directives },
    strictTransportSecurity: isTls,
    crossOriginOpenerPolicy,
    originAgentCluster: false,
  });
}
