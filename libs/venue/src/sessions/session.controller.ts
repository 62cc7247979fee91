import { type Challenge, type Login, type Session, type SessionNow, zChallenge, zLogin, zSession, zSessionNow } from '@app/contracts';
import { Body, Controller, Delete, Get, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { Answers, AnswersNothing } from '../http/answers.js';
import type { IncomingMessage } from 'node:http';
import { Limited } from '../rates/limited.js';
import { Rates } from '../rates/rates.js';
import { Needs } from '../rights/needs.js';
import { RightsSource } from '../rights/rights-source.js';
import { AskedBy } from './asker.js';
import { bearerOf, loginNeeded } from './bearer.js';
import type { SessionFacts } from './session-facts.js';
import { Sessions } from './sessions.js';

@Controller('api/sessions')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly rights: RightsSource,
    private readonly rates: Rates,
  ) {}

  @Post('challenge')
  @HttpCode(200)
  @Needs('public')
  @Limited('CHALLENGES_PER_MINUTE_MAX')
  @Answers(zChallenge)
  challenge(): Challenge {
    return this.sessions.challenge();
  }

  @Post()
  @HttpCode(200)
  @Needs('public')
  @Answers(zSession)
  login(@Body({ schema: zLogin }) login: Login, @Req() request: IncomingMessage): Promise<Session> {
    const address = this.rates.addressOf(request);
    return this.rates.countingRefusals('LOGINS_REFUSED_PER_MINUTE_MAX', address, () => this.sessions.login(login));
  }

  /** Whom the session stands for, with the rights that are in force now. */
  @Get('current')
  @Needs('session')
  @Answers(zSessionNow)
  async current(@AskedBy() session: SessionFacts | null): Promise<SessionNow> {
    if (session === null) throw loginNeeded();
    const { person, organisation } = session;
    return { person, organisation, rights: await this.rights.rightsOf(person.id) };
  }

  @Delete('current')
  @HttpCode(204)
  @Needs('session')
  @AnswersNothing()
  async end(@Headers('authorization') header: string): Promise<void> {
    const token = bearerOf(header);
    if (token !== null) await this.sessions.end(token);
  }
}
