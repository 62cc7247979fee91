import type { Config } from '@app/platform';
import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Options of a venue's application: bodies are read by a parser with our own limit, which {@link setUpHttp} adds. */
export const EDGE_OPTIONS: Partial<NestApplicationOptions> = { bufferLogs: true, bodyParser: false };

/** What every venue's HTTP edge has: protective headers, JSON bodies up to MESSAGE_BYTES_MAX bytes, plain query strings. */
export function setUpHttp(app: NestExpressApplication, config: Pick<Config, 'PUBLIC_URL' | 'MESSAGE_BYTES_MAX'>): void {
  app.use(protection(config.PUBLIC_URL));
  app.use(manners);
  app.useBodyParser('json', { limit: config.MESSAGE_BYTES_MAX, strict: true });
  app.set('query parser', 'simple');
}

/** What a page may ask the device for: what meetings need, and nothing that the client has no use for. */
const PERMISSIONS = {
  self: ['camera', 'microphone', 'display-capture', 'fullscreen', 'autoplay', 'clipboard-write'],
  nobody: ['accelerometer', 'geolocation', 'gyroscope', 'hid', 'magnetometer', 'midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'],
};
const PERMISSIONS_POLICY = [
  ...PERMISSIONS.self.map((feature) => `${feature}=(self)`),
  ...PERMISSIONS.nobody.map((feature) => `${feature}=()`),
].join(', ');

/** Answers of the interface are somebody's: nothing between keeps one, unless its handler says otherwise. */
function manners({ url }: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
  if (url?.startsWith('/api/') === true) response.setHeader('Cache-Control', 'no-store');
  next();
}

/**
 * Middleware that sends the protective headers. The client is what lies under the venue's own address: no script, style, font or frame
 * comes from elsewhere or stands in the page, and what a page sends goes nowhere else. What needs TLS is sent only where `publicUrl`, the
 * browsers' address, has it.
 */
export function protection(publicUrl: string): ReturnType<typeof helmet> {
  const isTls = publicUrl.startsWith('https:');
  const directives = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    // Not every browser takes 'self' for the sockets of the same address.
    'connect-src': ["'self'", publicUrl.replace(/^http(s?:\/\/[^/]*).*$/, 'ws$1')],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    frameguard: { action: 'deny' },
    strictTransportSecurity: isTls,
    originAgentCluster: false,
  });
}
