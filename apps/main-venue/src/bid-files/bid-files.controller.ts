import { sendFile } from '@app/blobs';
import type { BidFileEntry } from '@app/contracts';
import { zBidFileEntry, zName, zRoundQuery, zUuid } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AnswersBytes, AskedBy, Lots, Needs } from '@app/venue';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BidFiles } from './bid-files.js';

/** `/api/lots/:lot/bids/:bid/files`: what is in an opened bid, and its files whole or in part. */
@Controller('api/lots/:lot/bids/:bid/files')
@Needs('session')
export class BidFilesController {
  constructor(
    private readonly lots: Lots,
    private readonly files: BidFiles,
  ) {}

  @Get()
  @Answers(zBidFileEntry.array())
  async list(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Param('bid', { schema: zUuid }) bid: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<BidFileEntry[]> {
    const { held, parties } = await this.lots.open(lot, round, session);
    return this.files.list(held.run.state, parties, bid);
  }

  /** Express answers HEAD with it, too. A name may have folders. */
  @Get('*name')
  @AnswersBytes('application/octet-stream', 'The file, whole or one range of it.')
  async content(
    @AskedBy() session: SessionFacts | null,
    @Req() request: Request,
    @Res() response: Response,
    @Param('lot', { schema: zName }) lot: string,
    @Param('bid', { schema: zUuid }) bid: string,
    @Param('name') name: string | string[],
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<void> {
    const { held, parties } = await this.lots.open(lot, round, session);
    await sendFile(request, response, await this.files.open(held.run.state, parties, bid, [name].flat().join('/')));
  }
}
