import { sendFile } from '@app/blobs';
import { zName, zRoundQuery } from '@app/contracts';
import { z } from 'zod';
import { chunksOf } from '@app/sealing';
import { AnswersBytes, AskedBy, Limited, Lots, Needs, type SessionFacts } from '@app/venue';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ArchiveSource } from '../core/ports.js';

/** `?recordings=segments`: a supervisor's archive holds the ciphertexts of the recordings too, which may be very many bytes. */
const zRecordings = z.enum(['landings', 'segments']).default('landings');

@Controller('api/lots')
@Needs('public')
export class ArchiveController {
  constructor(
    private readonly lots: Lots,
    @Inject(ArchiveSource) private readonly archives: ArchiveSource,
  ) {}

  /** The lot's archive with what the asker may see of it. */
  @Get(':lot/archive')
  @Limited('ARCHIVES_PER_MINUTE_MAX')
  @AnswersBytes('application/zip', 'docs/archive-format.md')
  async archive(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('recordings', { schema: zRecordings }) recordings: z.infer<typeof zRecordings>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { held, parties } = await this.lots.open(lot, round, session);
    const archive = await this.archives.archive(held.origin, parties, recordings === 'segments');
    await sendFile(request, response, {
      size: archive.size,
      tag: archive.tag,
      type: 'application/zip',
      attachment: `${lot}-${String(round)}.zip`,
      open: ({ from, to }) => Promise.resolve(chunksOf(archive, from, to)),
    });
  }
}
