import { Module } from '@nestjs/common';
import { ActsModule } from '../acts/acts.module.js';
import { BidQuestions } from './bid-questions.js';

/** What is asked about tender documents (提疑). */
@Module({ imports: [ActsModule], providers: [BidQuestions], exports: [BidQuestions] })
export class QuestionsModule {}
