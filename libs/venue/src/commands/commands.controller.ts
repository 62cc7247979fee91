import { type Answer, zAnswer, zName, zSentCommand, zUuid } from '@app/contracts';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Answers } from '../http/answers.js';
import { Needs } from '../rights/needs.js';
import { CommandDesk, type SentCommand } from './command-desk.js';

@Controller('api')
@Needs('public')
export class CommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @Post('lots/:lot/commands')
  @HttpCode(200)
  @Answers(zAnswer)
  submit(@Param('lot', { schema: zName }) lot: string, @Body({ schema: zSentCommand }) sent: SentCommand): Promise<Answer> {
    return this.desk.submit(sent, lot);
  }

  /** What became of a command, for whoever knows its id: an answer holds nothing that its sender was not told. */
  @Get('commands/:id')
  @Answers(zAnswer)
  answer(@Param('id', { schema: zUuid }) id: string): Promise<Answer> {
    return this.desk.answerOf(id);
  }
}
