import type { UploadReceipt } from '@app/contracts';
import { zProblem, zUploadReceipt } from '@app/contracts';
import { createLogger, createPool, SystemClock, SystemIds } from '@app/platform';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { Asker, ProblemFilter, Problems, schemaPipe, setUpHttp } from '@app/venue';
import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { NextFunction, Request, Response as Reply } from 'express';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';
import type { UploadLimits, UploadWish } from '../src/index.js';
import { BlobsModule, UploadDoor, Uploads } from '../src/index.js';

/** The machine's clock, set forward when a test says so. */
class ShiftedClock extends SystemClock {
  aheadMs = 0;
  override nowMs(): number {
    return super.nowMs() + this.aheadMs;
  }
}

class OpenDoor extends UploadDoor {
  async admit(_wish: UploadWish): Promise<void> {
    await Promise.resolve();
  }
}

/** A server with nothing but its bytes, in a folder and a database of their own; who asks is the header `x-person`, or the bearer. */
export interface BlobVenue {
  readonly folder: string;
  readonly pool: Pool;
  readonly clock: ShiftedClock;
  readonly url: string;
  readonly uploads: Uploads;
  /** Ends the server as a crash does not, and starts another one over the same folder and database. */
  restart(limits?: Partial<UploadLimits>): Promise<BlobVenue>;
  close(): Promise<void>;
}

export async function startBlobVenue(limits: Partial<UploadLimits> = {}): Promise<BlobVenue> {
  const folder = await mkdtemp(join(tmpdir(), 'gongping-uploads-'));
  const database = await createDatabase(MAIN_MIGRATIONS);
  return start(folder, database, limits);
}

const QUIET: Partial<NestApplicationOptions> = { bodyParser: false, logger: false };

async function start(folder: string, database: TestDatabase, limits: Partial<UploadLimits>): Promise<BlobVenue> {
  const clock = new ShiftedClock();
  const pool = createPool({ url: database.url, name: 'blobs-test' });
  const logger = createLogger({ level: 'silent', name: 'blobs-test' });
  const ids = new SystemIds();
  const useFactory = () => ({ folder, pool, clock, ids, logger, door: new OpenDoor(), limits });
  const module = await Test.createTestingModule({ imports: [BlobsModule.register({ useFactory })] }).compile();
  const app = module.createNestApplication<NestExpressApplication>(QUIET);
  setUpHttp(app, { PUBLIC_URL: 'http://127.0.0.1', MESSAGE_BYTES_MAX: 1_000_000 });
  app.use((request: Request, _response: Reply, next: NextFunction) => {
    const id = request.headers['x-person'] ?? request.headers.authorization?.replace('Bearer ', '');
    if (typeof id === 'string') Asker.set(request, { person: { id, name: id }, organisation: null, fingerprint: '' });
    next();
  });
  app.useGlobalFilters(new ProblemFilter(new Problems(logger, ids)));
  app.useGlobalPipes(schemaPipe());
  await app.listen(0, '127.0.0.1');
  const stop = async (): Promise<void> => {
    await app.close();
    await pool.end();
  };
  return {
    folder,
    pool,
    clock,
    url: await app.getUrl(),
    uploads: module.get(Uploads),
    restart: async (other = limits) => {
      await stop();
      return start(folder, database, other);
    },
    close: async () => {
      await stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Body = NonNullable<RequestInit['body']>;

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly code: string | null;
}

/** One person who speaks the tus protocol by hand. */
export class Uploader {
  constructor(
    private readonly venue: () => string,
    private readonly person = 'p-1',
  ) {}

  async request(method: string, path: string, headers: Record<string, string> = {}, body?: Body): Promise<Told> {
    const response = await this.fetch(method, path, headers, body);
    const problem = zProblem.safeParse(await response.json().catch(() => null));
    return { status: response.status, headers: response.headers, code: problem.success ? problem.data.code : null };
  }

  fetch(method: string, path: string, headers: Record<string, string> = {}, body?: Body): Promise<Response> {
    const init = { method, headers: { 'x-person': this.person, 'tus-resumable': '1.0.0', ...headers } };
    return fetch(this.venue() + path, body === undefined ? init : { ...init, body, duplex: 'half' });
  }

  create(content: { readonly hash: string; readonly size: number; readonly lot?: string; readonly filename?: string }): Promise<Told> {
    const { size, ...fields } = content;
    const metadata = Object.entries(fields).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`);
    return this.request('POST', '/api/uploads', { 'upload-length': String(size), 'upload-metadata': metadata.join(',') });
  }

  /** The address of a new upload. */
  async begin(content: { readonly hash: string; readonly size: number; readonly lot?: string }): Promise<string> {
    const { status, headers } = await this.create(content);
    if (status !== 201) throw new Error(`not created: ${String(status)}`);
    return headers.get('location') ?? '';
  }

  append(path: string, offset: number, piece: Body, more: Record<string, string> = {}): Promise<Told> {
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...more };
    return this.request('PATCH', path, headers, piece);
  }

  async offset(path: string): Promise<number> {
    return Number((await this.request('HEAD', path)).headers.get('upload-offset') ?? '-1');
  }

  async receipt(path: string): Promise<UploadReceipt> {
    return zUploadReceipt.parse(await (await this.fetch('GET', path)).json());
  }
}
