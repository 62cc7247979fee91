import { serveFile } from '@app/blobs';
import { type LandingPage, zFromQuery, zHash, zLandingPage, zName, zRoundQuery } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AnswersBytes, AskedBy, Lots, Needs } from '@app/venue';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RecordedFiles } from './recorded-files.js';
import { Recordings } from './recordings.js';
import { openWatched } from './watched.js';

/** What was recorded of a lot (音视频), for its supervisors: the list, the landings, and ciphertext. Keys are given by the access log's leave alone. */
@Controller('api/lots/:lot/recordings')
@Needs('session')
export class RecordingsController {
  constructor(
    private readonly lots: Lots,
    private readonly recordings: Recordings,
    private readonly files: RecordedFiles,
  ) {}

  @Get()
  @Answers(zLandingPage)
  async list(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('from', { schema: zFromQuery }) from: number,
  ): Promise<LandingPage> {
    const { origin } = await openWatched(this.lots, lot, round, session);
    return this.recordings.page(origin, from);
  }

  @Get('landings/:hash')
  @AnswersBytes('application/octet-stream', 'Canonical JSON of a landing (libs/contracts/src/recording.ts).')
  async landing(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Param('hash', { schema: zHash }) hash: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { origin } = await openWatched(this.lots, lot, round, session);
    await this.recordings.requireLanding(origin, hash);
    await serveFile(this.files.landings, hash, request, response);
  }

  @Get('segments/:hash')
  @AnswersBytes('application/octet-stream', 'Ciphertext of a segment, whole or one range of it.')
  async segment(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Param('hash', { schema: zHash }) hash: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { origin } = await openWatched(this.lots, lot, round, session);
    await this.recordings.requireSegment(origin, hash);
    await serveFile(this.files.segments, hash, request, response);
  }
}
