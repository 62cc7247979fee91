import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** A page of a test: the folder `root`, as `apps/web/test/pages.config.ts` builds it. In a process of its own: the builder does not run inside Jest. */
export async function buildPage(root: string, outDir: string): Promise<void> {
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const config = resolve('apps/web/test/pages.config.ts');
  await promisify(execFile)(process.execPath, [vite, 'build', resolve(root), '--config', config, '--outDir', outDir]);
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves what was built; `posted` takes what the page sends. */
export function servePage(pages: string, posted: (request: IncomingMessage, response: ServerResponse) => void = () => undefined): Server {
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      posted(request, response);
      return;
    }
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').replaceAll('..', '').slice(1);
    try {
      const body = readFileSync(join(pages, name));
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  return server;
}
