import { sendFile } from '@app/blobs';
import type { BidFileEntry } from '@app/contracts';
import { zBidFileEntry, zName, zUuid } from '@app/contracts';
import { lotOrigin } from '@app/evaluation';
import type { SessionFacts } from '@app/venue';
import { Answers, AnswersBytes, AskedBy, Needs, zRoundQuery } from '@app/venue';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { Config } from '@app/platform';
import type { Request, Response } from 'express';
import { CONFIG } from '../core/tokens.js';
import { LotViewers } from '../lots/lot-viewers.js';
import { BidFiles } from './bid-files.js';

/** `/api/lots/:lot/bids/:bid/files`: what is in an opened bid, and its files whole or in part. */
@Controller('api/lots/:lot/bids/:bid/files')
@Needs('session')
export class BidFilesController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LotViewers) private readonly viewers: LotViewers,
    @Inject(BidFiles) private readonly files: BidFiles,
  ) {}

  @Get()
  @Answers(zBidFileEntry.array())
  async list(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Param('bid', { schema: zUuid }) bid: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<BidFileEntry[]> {
    const { state, parties } = await this.viewers.open(lotOrigin(this.config.INSTALLATION, lot, round), session);
    return this.files.list(state, parties, bid);
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
    const { state, parties } = await this.viewers.open(lotOrigin(this.config.INSTALLATION, lot, round), session);
    await sendFile(request, response, await this.files.open(state, parties, bid, [name].flat().join('/')));
  }
}
