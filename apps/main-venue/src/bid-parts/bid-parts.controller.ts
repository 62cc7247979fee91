import { sendFile } from '@app/blobs';
import type { BidPartEntry } from '@app/contracts';
import { zBidPartEntry, zName, zRoundQuery, zUuid } from '@app/contracts';
import { zPartId } from '@app/sealing';
import type { SessionFacts } from '@app/venue';
import { Answers, AnswersBytes, AskedBy, Lots, Needs } from '@app/venue';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BidParts } from './bid-parts.js';

/** `/api/lots/:lot/bids/:bid/parts`: what is in an opened bid, and its parts whole or in part. */
@Controller('api/lots/:lot/bids/:bid/parts')
@Needs('session')
export class BidPartsController {
  constructor(
    private readonly lots: Lots,
    private readonly bidParts: BidParts,
  ) {}

  @Get()
  @Answers(zBidPartEntry.array())
  async list(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Param('bid', { schema: zUuid }) bid: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<BidPartEntry[]> {
    const { held, parties } = await this.lots.open(lot, round, session);
    return this.bidParts.list(held.run.state, parties, bid);
  }

  /** Express answers HEAD with it, too. */
  @Get(':part')
  @AnswersBytes('application/octet-stream', 'The part, whole or one range of it.')
  async content(
    @AskedBy() session: SessionFacts | null,
    @Req() request: Request,
    @Res() response: Response,
    @Param('lot', { schema: zName }) lot: string,
    @Param('bid', { schema: zUuid }) bid: string,
    @Param('part', { schema: zPartId }) part: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<void> {
    const { held, parties } = await this.lots.open(lot, round, session);
    await sendFile(request, response, await this.bidParts.open(held.run.state, parties, bid, part));
  }
}
