import { Controller, Get, Head, Headers, Inject, Param, Patch, Req, Res } from '@nestjs/common';
import { zHash } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { SessionFacts } from '@app/venue';
import { AskedBy, loginNeeded, Needs } from '@app/venue';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { BlobStore } from './blob-store.js';

const zByteCount = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);

/** Resumable upload of ciphertexts: ask for the offset, send from there, as often as the line breaks. */
@Controller('api/blobs')
@Needs('session')
export class BlobsController {
  constructor(@Inject(BlobStore) private readonly blobs: BlobStore) {}

  @Head(':sha')
  async offset(
    @AskedBy() session: SessionFacts | null,
    @Param('sha', { schema: zHash }) sha: string,
    @Res() response: Response,
  ): Promise<void> {
    const { size, complete } = await this.blobs.offset(sha, personOf(session));
    response.set('Upload-Offset', String(size)).set('Cache-Control', 'no-store');
    if (complete) response.set('Upload-Length', String(size));
    response.status(200).end();
  }

  @Patch(':sha')
  async append(
    @AskedBy() session: SessionFacts | null,
    @Req() request: Request,
    @Param('sha', { schema: zHash }) sha: string,
    @Headers('upload-offset') offset: string,
    @Headers('upload-length') length: string,
    @Res() response: Response,
  ): Promise<void> {
    const size = await this.blobs.append({
      hash: sha,
      person: personOf(session),
      offset: count('Upload-Offset', offset),
      length: count('Upload-Length', length),
      body: request,
    });
    response.status(204).set('Upload-Offset', String(size)).end();
  }

  /** The ciphertext as it was uploaded. */
  @Get(':sha')
  async content(@Param('sha', { schema: zHash }) sha: string, @Res() response: Response): Promise<void> {
    const bytes = await this.blobs.read(sha);
    if (bytes === null) throw new DomainError('NOT_FOUND', 'There is no whole file of this hash.');
    response.set('Content-Type', 'application/octet-stream').set('Cache-Control', 'private, immutable').send(bytes);
  }
}

function personOf(session: SessionFacts | null): string {
  if (session === null) throw loginNeeded();
  return session.person.id;
}

function count(name: string, text: string | undefined): number {
  const read = zByteCount.safeParse(text);
  if (!read.success) throw new DomainError('MALFORMED', `${name}: a number of bytes is expected`);
  return read.data;
}
