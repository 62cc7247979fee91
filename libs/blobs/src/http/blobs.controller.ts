import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { zHash } from '@app/contracts';
import { DomainError } from '@app/platform';
import { AnswersBytes, Needs } from '@app/venue';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { BlobStore } from '../store/blob-store.js';
import { sendFile } from './send-file.js';

/** `/api/blobs/:hash`: a stored file, whole or in part. What lies there is ciphertext or public; the hash is the capability to ask for it. */
@Controller('api/blobs')
@Needs('session')
export class BlobsController {
  constructor(@Inject(BlobStore) private readonly blobs: BlobStore) {}

  /** Express answers HEAD with it, too. */
  @Get(':hash')
  @AnswersBytes('application/octet-stream', 'The file, whole or one range of it.')
  async content(@Req() request: Request, @Res() response: Response, @Param('hash', { schema: zHash }) hash: string): Promise<void> {
    const size = await this.blobs.size(hash);
    if (size === null) throw new DomainError('NOT_FOUND', 'There is no whole file of this hash.');
    const type = 'application/octet-stream';
    const open = async (span: { from: number; to: number }): Promise<Readable> => (await this.blobs.open(hash, span)) ?? Readable.from([]);
    await sendFile(request, response, { size, tag: hash, type, attachment: null, open });
  }
}
