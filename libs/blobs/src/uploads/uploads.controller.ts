import { Controller, Delete, Get, Head, Inject, Options, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { UploadReceipt } from '@app/contracts';
import { zHash, zUploadReceipt, zUploadReceipts } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AnswersNothing, AskedBy, Limited, Needs } from '@app/venue';
import type { Request, Response } from 'express';
import { personOf } from '../http/person.js';
import { Uploads } from './uploads.js';

/** `/api/uploads`: the tus protocol, and beside it how an upload stands. Both are for whoever began the upload. */
@Controller('api/uploads')
@Needs('session')
export class UploadsController {
  constructor(@Inject(Uploads) private readonly uploads: Uploads) {}

  @Get()
  @Answers(zUploadReceipts)
  mine(@AskedBy() session: SessionFacts | null, @Query('hash', { schema: zHash }) hash: string): Promise<UploadReceipt[]> {
    return this.uploads.ofHash(hash, personOf(session));
  }

  @Post()
  @AnswersNothing(201)
  @Limited('UPLOADS_PER_MINUTE_MAX')
  create(@AskedBy() session: SessionFacts | null, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.uploads.handle(request, response, personOf(session), null);
  }

  @Options()
  @AnswersNothing()
  options(@AskedBy() session: SessionFacts | null, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.uploads.handle(request, response, personOf(session), null);
  }

  @Head(':id')
  @AnswersNothing(200)
  offset(
    @AskedBy() session: SessionFacts | null,
    @Req() request: Request,
    @Res() response: Response,
    @Param('id') id: string,
  ): Promise<void> {
    return this.uploads.handle(request, response, personOf(session), id);
  }

  @Patch(':id')
  @AnswersNothing()
  append(
    @AskedBy() session: SessionFacts | null,
    @Req() request: Request,
    @Res() response: Response,
    @Param('id') id: string,
  ): Promise<void> {
    return this.uploads.handle(request, response, personOf(session), id);
  }

  @Delete(':id')
  @AnswersNothing()
  end(@AskedBy() session: SessionFacts | null, @Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    return this.uploads.handle(request, response, personOf(session), id);
  }

  @Get(':id')
  @Answers(zUploadReceipt)
  receipt(@AskedBy() session: SessionFacts | null, @Param('id') id: string): Promise<UploadReceipt> {
    return this.uploads.receipt(id, personOf(session));
  }
}
