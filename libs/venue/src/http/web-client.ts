import type { Config } from '@app/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly accepts: (kind: string) => unknown;
}

/**
 * The web client of `folder` with its one page for every address of its own; nothing where it is not built. `reserved`: first segments of the
 * addresses that are the server's (`api`, `healthz`), for which an unknown one must be told and not be answered with the page.
 */
export function serveWeb(app: NestExpressApplication, reserved: readonly string[], { WEB_DIR }: Pick<Config, 'WEB_DIR'>): void {
  const folder = resolve(WEB_DIR);
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return;
  const servers = new Set(reserved);
  app.useStaticAssets(folder, { index: 'index.html', maxAge: '1h', setHeaders: noCacheForPage });
  app.use((request: PageRequest, response: { sendFile: (file: string) => void }, next: () => void) => {
    if (isPageAsked(request, servers)) response.sendFile(index);
    else next();
  });
}

/** A browser asks for an address of the web client, and not for a file of it that is missing. */
export function isPageAsked(request: PageRequest, reserved: ReadonlySet<string>): boolean {
  const { method, path } = request;
  const first = path.split('/', 2)[1] ?? '';
  return method === 'GET' && !reserved.has(first) && !/\.[a-z0-9]+$/i.test(path) && request.accepts('html') !== false;
}

/** A page that is kept would ask for scripts that the next build has not. */
function noCacheForPage(response: { setHeader: (name: string, value: string) => unknown }, path: string): void {
  if (path.endsWith('.html')) response.setHeader('Cache-Control', 'no-cache');
}
