import { zName, zRoundQuery } from '@app/contracts';
import { AnswersBytes, AskedBy, Lots, Needs, type SessionFacts } from '@app/venue';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ArchiveSource } from '../core/ports.js';

@Controller('api/lots')
@Needs('public')
export class ArchiveController {
  constructor(
    private readonly lots: Lots,
    @Inject(ArchiveSource) private readonly archives: ArchiveSource,
  ) {}

  /** The lot's archive with what the asker may see of it. */
  @Get(':lot/archive')
  @AnswersBytes('application/zip', 'docs/archive-format.md')
  async archive(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Res() response: Response,
  ): Promise<void> {
    const { held, parties } = await this.lots.open(lot, round, session);
    const archive = await this.archives.archive(held.origin, parties);
    response.set('Content-Type', 'application/zip').set('Content-Disposition', `attachment; filename="${lot}-${String(round)}.zip"`);
    response.end(archive);
  }
}
