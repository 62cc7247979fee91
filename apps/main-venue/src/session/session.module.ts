import { Global, Module } from '@nestjs/common';
import { LoginService } from './login.js';
import { SessionController } from './session.controller.js';
import { SessionStore } from './session.store.js';

@Global()
@Module({ controllers: [SessionController], providers: [LoginService, SessionStore], exports: [SessionStore] })
export class SessionModule {}
