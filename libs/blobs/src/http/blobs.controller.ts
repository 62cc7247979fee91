import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { zHash } from '@app/contracts';
import { AnswersBytes, Needs } from '@app/venue';
import type { Request, Response } from 'express';
import { FileSource } from '../store/file-source.js';
import { serveFile } from './serve-file.js';

/**
 * `/api/blobs/:hash`: a stored file, whole or in part, at the main venue and at the sites. What lies there is ciphertext or public; the
 * hash is the capability to ask for it.
 */
@Controller('api/blobs')
@Needs('session')
export class BlobsController {
  constructor(@Inject(FileSource) private readonly files: FileSource) {}

  /** Express answers HEAD with it, too. */
  @Get(':hash')
  @AnswersBytes('application/octet-stream', 'The file, whole or one range of it.')
  content(@Req() request: Request, @Res() response: Response, @Param('hash', { schema: zHash }) hash: string): Promise<void> {
    return serveFile(this.files, hash, request, response);
  }
}
