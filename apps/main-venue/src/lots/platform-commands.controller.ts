import { type Answer, zAnswer, zSentCommand } from '@app/contracts';
import { Answers, CommandDesk, Needs, type SentCommand } from '@app/venue';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';

/** Acts before the deadline are for the main venue alone: no site keeps them. */
@Controller('api/platform')
@Needs('public')
export class PlatformCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @Post('commands')
  @HttpCode(200)
  @Answers(zAnswer)
  submit(@Body({ schema: zSentCommand }) sent: SentCommand): Promise<Answer> {
    return this.desk.submit(sent);
  }
}
