import { Body, Controller, Delete, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { zLogin, type Challenge, type Login, type Session } from '@app/contracts';
import { bearerOf } from '@app/venue';
import { LoginService } from './login.js';
import { SessionStore } from './session.store.js';

@Controller('api/sessions')
export class SessionController {
  constructor(
    @Inject(LoginService) private readonly logins: LoginService,
    @Inject(SessionStore) private readonly sessions: SessionStore,
  ) {}

  @Post('challenge')
  @HttpCode(200)
  challenge(): Challenge {
    return this.logins.challenge();
  }

  @Post()
  @HttpCode(200)
  login(@Body({ schema: zLogin }) login: Login): Promise<Session> {
    return this.logins.login(login);
  }

  @Delete('current')
  @HttpCode(204)
  async end(@Headers('authorization') header: string): Promise<void> {
    const token = bearerOf(header);
    if (token !== null) await this.sessions.end(token);
  }
}
