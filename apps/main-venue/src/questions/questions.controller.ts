import { type Question, zName, zQuestion, zRoundQuery } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Lots, Needs } from '@app/venue';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { BidQuestions } from './bid-questions.js';

@Controller('api/lots/:lot/questions')
@Needs('session')
export class QuestionsController {
  constructor(
    private readonly lots: Lots,
    private readonly questions: BidQuestions,
  ) {}

  @Get()
  @Answers(zQuestion.array())
  async list(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Promise<Question[]> {
    const { held, parties } = await this.lots.open(lot, round, session);
    return this.questions.of(held.run.state, parties);
  }
}
