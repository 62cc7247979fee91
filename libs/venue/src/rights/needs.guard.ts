import { type Need, partsOfKeyToken, type Right } from '@app/contracts';
import { DomainError } from '@app/platform';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { KeyFacts } from '../sessions/session-facts.js';
import { bearerOf, loginNeeded, sessionOfToken } from '../sessions/bearer.js';
import { Sessions } from '../sessions/sessions.js';
import { Asker } from '../sessions/asker.js';
import { LIMITED } from '../rates/limited.js';
import { type RateName, Rates } from '../rates/rates.js';
import { NEEDS, OWN_KEY } from './needs.js';
import { RightsSource } from './rights-source.js';

/**
 * The one guard of routes and messages: finds who asks, a session or an API key, and lets them pass if they have what {@link Needs} names. A
 * right is asked of its source each time and never of the session, so one that was taken is gone for sessions and sockets that are open.
 * What has a rate (`@Limited`) is counted here as well, and so are keys that are refused.
 */
@Injectable()
export class NeedsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(Sessions) private readonly sessions: Pick<Sessions, 'find'>,
    private readonly rights: RightsSource,
    @Inject(Rates) private readonly rates: Pick<Rates, 'take' | 'whoOf' | 'addressOf' | 'countingRefusals'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const need = this.reflector.getAllAndOverride<Need | undefined>(NEEDS, places);
    if (need === undefined) throw new DomainError('FORBIDDEN', 'Nobody may ask for this: it names no need.');
    const isByOwnKey = this.reflector.getAllAndOverride<boolean | undefined>(OWN_KEY, places) === true;
    if (context.getType() === 'http' && !isByOwnKey) {
      const request = context.switchToHttp().getRequest<Request>();
      await this.#findAsker(request, bearerOf(request.headers.authorization));
    } else if (context.getType() === 'ws') Asker.use(context);
    await this.#check(need, context);
    const limit = this.reflector.get<RateName | undefined>(LIMITED, context.getHandler());
    if (limit !== undefined) await this.rates.take(limit, this.rates.whoOf(context));
    return true;
  }

  async #findAsker(request: Request, token: string | null): Promise<void> {
    if (token !== null && partsOfKeyToken(token) !== null) Asker.setKey(request, await this.#keyOf(token, request));
    else Asker.set(request, await sessionOfToken(this.sessions, token));
  }

  #keyOf(token: string, request: Request): Promise<KeyFacts> {
    return this.rates.countingRefusals('LOGINS_REFUSED_PER_MINUTE_MAX', this.rates.addressOf(request), async () => {
      const key = await this.rights.keyOf(token);
      if (key === null) throw new DomainError('UNAUTHENTICATED', 'The API key is not known here, has ended or was revoked.');
      return key;
    });
  }

  async #check(need: Need, context: ExecutionContext): Promise<void> {
    if (need === 'public') return;
    const key = Asker.keyOf(context);
    const session = Asker.of(context);
    if (session === null && (key === null || need === 'session')) throw loginNeeded();
    if (need === 'session') return;
    const rights: readonly Right[] = key?.rights ?? (session === null ? [] : await this.rights.rightsOf(session.person.id));
    if (!rights.includes(need)) throw new DomainError('FORBIDDEN', `You do not have the right ${need}.`);
  }
}
