import { Controller, Delete, Get, Head, Inject, Options, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { UploadReceipt } from '@app/contracts';
import { zHash } from '@app/contracts';
import type { Response } from 'express';
import { type PersonRequest, personOf } from '../http/person.js';
import { Uploads } from './uploads.js';

/** `/api/uploads`: the tus protocol, and beside it how an upload stands. Both are for whoever began the upload. */
@Controller('api/uploads')
export class UploadsController {
  constructor(@Inject(Uploads) private readonly uploads: Uploads) {}

  @Get()
  mine(@Req() request: PersonRequest, @Query('hash', { schema: zHash }) hash: string): Promise<UploadReceipt[]> {
    return this.uploads.ofHash(hash, personOf(request));
  }

  @Post()
  create(@Req() request: PersonRequest, @Res() response: Response): Promise<void> {
    return this.uploads.handle(request, response, personOf(request), null);
  }

  @Options()
  options(@Req() request: PersonRequest, @Res() response: Response): Promise<void> {
    return this.uploads.handle(request, response, personOf(request), null);
  }

  @Head(':id')
  offset(@Req() request: PersonRequest, @Res() response: Response, @Param('id') id: string): Promise<void> {
    return this.uploads.handle(request, response, personOf(request), id);
  }

  @Patch(':id')
  append(@Req() request: PersonRequest, @Res() response: Response, @Param('id') id: string): Promise<void> {
    return this.uploads.handle(request, response, personOf(request), id);
  }

  @Delete(':id')
  end(@Req() request: PersonRequest, @Res() response: Response, @Param('id') id: string): Promise<void> {
    return this.uploads.handle(request, response, personOf(request), id);
  }

  @Get(':id')
  receipt(@Req() request: PersonRequest, @Param('id') id: string): Promise<UploadReceipt> {
    return this.uploads.receipt(id, personOf(request));
  }
}
