import { Body, Controller, Get, HttpCode, Inject, Optional, Param, Post, Query, Res } from '@nestjs/common';
import type { Answer, EntryPage, Head, LotSummary, SignedCommand } from '@app/contracts';
import { zName } from '@app/contracts';
import { lotOrigin } from '@app/evaluation';
import type { SessionFacts } from '@app/venue';
import { AskedBy, isErrorCode, isPassing, Needs, zFromQuery, zRoundQuery } from '@app/venue';
import type { Config } from '@app/platform';
import { DomainError } from '@app/platform';
import type { Response } from 'express';
import { z } from 'zod';
import { ArchiveSource } from '../core/ports.js';
import { CONFIG } from '../core/tokens.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { LotDirectory } from './lot-directory.js';
import { LotReader } from './lot-reader.js';
import { LotViewers } from './lot-viewers.js';

const zLimit = z.coerce.number().int().min(1).max(1_000).default(200);
/** Read again, with reasons, by the pipeline: a refusal of a malformed command is signed like any other. */
const zAnyCommand = z.looseObject({}).describe('A signed command (libs/contracts/src/command.ts).');
type AnyCommand = z.infer<typeof zAnyCommand>;
/** Not believed: the pipeline reads it by its schema. */
const unread = (body: AnyCommand): SignedCommand => body as AnyCommand & SignedCommand;

@Controller('api')
@Needs('public')
export class LotsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(LotDirectory) private readonly directory: LotDirectory,
    @Inject(LotReader) private readonly reader: LotReader,
    @Inject(LotViewers) private readonly viewers: LotViewers,
    @Optional() @Inject(ArchiveSource) private readonly archives: ArchiveSource | null,
  ) {}

  @Get('me/lots')
  @Needs('session')
  async mine(@AskedBy() session: SessionFacts | null): Promise<LotSummary[]> {
    return session === null ? [] : this.directory.ofPerson(session);
  }

  @Get('lots')
  async all(): Promise<LotSummary[]> {
    return this.directory.ofPublic();
  }

  @Get('lots/:lot/entries')
  async entries(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('from', { schema: zFromQuery }) from: number,
    @Query('limit', { schema: zLimit }) limit: number,
  ): Promise<EntryPage> {
    return this.reader.page(lotOrigin(this.config.INSTALLATION, lot, round), session, from, limit);
  }

  @Get('lots/:lot/head')
  async head(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<Head> {
    return this.reader.head(lotOrigin(this.config.INSTALLATION, lot, round), session);
  }

  @Post('lots/:lot/commands')
  @HttpCode(200)
  async submit(@Param('lot', { schema: zName }) lot: string, @Body({ schema: zAnyCommand }) body: AnyCommand): Promise<Answer> {
    const signed = unread(body);
    const named = (signed as Partial<SignedCommand>).command?.lot ?? null;
    if (typeof named === 'string' && named !== lot)
      throw new DomainError('WRONG_LOG', `The command is for lot ${named}, the address for ${lot}.`);
    return answered(await this.pipeline.submit(signed));
  }

  @Post('platform/commands')
  @HttpCode(200)
  async submitToPlatform(@Body({ schema: zAnyCommand }) body: AnyCommand): Promise<Answer> {
    return answered(await this.pipeline.submit(unread(body)));
  }

  @Get('lots/:lot/archive')
  async archive(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Res() response: Response,
  ): Promise<void> {
    const origin = lotOrigin(this.config.INSTALLATION, lot, round);
    const { parties } = await this.viewers.open(origin, session);
    if (this.archives === null) throw new DomainError('UNAVAILABLE', 'This venue writes no archives.');
    const archive = await this.archives.archive(origin, parties);
    response.set('Content-Type', 'application/zip').set('Content-Disposition', `attachment; filename="${lot}-${String(round)}.zip"`);
    response.end(archive);
  }
}

/** What says nothing of the command itself is no answer over HTTP: a client sends the same command again. */
export function answered(answer: Answer): Answer {
  const { outcome } = answer;
  if (!outcome.ok && isPassing(outcome.code) && isErrorCode(outcome.code)) throw new DomainError(outcome.code, outcome.message);
  return answer;
}
