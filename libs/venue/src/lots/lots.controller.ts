import {
  type EntryPage,
  type ExpertCall,
  type Head,
  type LotSummary,
  type Task,
  zEntryPage,
  zExpertCall,
  zFromQuery,
  zHead,
  zLotSummary,
  zName,
  zRoundQuery,
  zTask,
} from '@app/contracts';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Needs } from '../rights/needs.js';
import { AskedBy } from '../sessions/asker.js';
import { loginNeeded } from '../sessions/bearer.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import { ENTRY_PAGE_MAX, Lots } from './lots.js';

const zLimit = z.coerce.number().int().min(1).max(ENTRY_PAGE_MAX).default(ENTRY_PAGE_MAX);
const zLotList = z.array(zLotSummary);
const zCallList = z.array(zExpertCall);
const zTaskList = z.array(zTask);

/** Lists, pages and heads of lots; whoever is logged in sees more of the same. */
@Controller('api')
@Needs('public')
export class LotsController {
  constructor(private readonly lots: Lots) {}

  @Get('me/lots')
  @Needs('session')
  @Answers(zLotList)
  mine(@AskedBy() session: SessionFacts | null): Promise<LotSummary[]> {
    if (session === null) throw loginNeeded();
    return this.lots.mine(session);
  }

  @Get('me/calls')
  @Needs('session')
  @Answers(zCallList)
  calls(@AskedBy() session: SessionFacts | null): Promise<ExpertCall[]> {
    if (session === null) throw loginNeeded();
    return this.lots.calls(session);
  }

  @Get('me/tasks')
  @Needs('session')
  @Answers(zTaskList)
  tasks(@AskedBy() session: SessionFacts | null): Promise<Task[]> {
    if (session === null) throw loginNeeded();
    return this.lots.tasks(session);
  }

  @Get('lots')
  @Answers(zLotList)
  all(): Promise<LotSummary[]> {
    return this.lots.all();
  }

  @Get('lots/:lot/entries')
  @Answers(zEntryPage)
  entries(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('from', { schema: zFromQuery }) from: number,
    @Query('limit', { schema: zLimit }) limit: number,
  ): Promise<EntryPage> {
    return this.lots.page(lot, round, session, from, limit);
  }

  @Get('lots/:lot/head')
  @Answers(zHead)
  head(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<Head> {
    return this.lots.head(lot, round, session);
  }
}
