import { keyToken, type Right } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/internal';
import { Asker } from '../sessions/asker.js';
import type { KeyFacts, SessionFacts } from '../sessions/session-facts.js';
import { ByOwnKey, Needs } from './needs.js';
import { NeedsGuard } from './needs.guard.js';
import { Limited } from '../rates/limited.js';
import { Rates } from '../rates/rates.js';
import { ratesOf } from '../rates/test/rates-of.js';
import { RightsSource } from './rights-source.js';

const TOKEN = 'a'.repeat(43);
const KEY = keyToken('0123456789abcdef', 'k'.repeat(43));
const SESSION: SessionFacts = { person: { id: 'p-1', name: 'P' }, organisation: null, fingerprint: 'f' };

class Granted extends RightsSource {
  rights: Right[] = [];
  rightsOf(person: string): Promise<Right[]> {
    return Promise.resolve(person === 'p-1' ? this.rights : []);
  }
  keyOf(token: string): Promise<KeyFacts | null> {
    return Promise.resolve(token === KEY ? { id: 'k-1', organisation: { id: 'o-1', name: 'O' }, rights: ['lots:import'] } : null);
  }
}

@Needs('session')
class Routes {
  @Needs('public')
  @Limited('ARCHIVES_PER_MINUTE_MAX')
  open(): string {
    return 'open';
  }
  mine(): string {
    return 'mine';
  }
  @Needs('registry:write')
  office(): string {
    return 'office';
  }
  @Needs('lots:import')
  @Limited('LOT_IMPORTS_PER_MINUTE_MAX')
  upstream(): string {
    return 'upstream';
  }
}
@Needs('public')
class Door {
  @ByOwnKey()
  mirror(): string {
    return 'mirror';
  }
}
class Bare {
  forgotten(): string {
    return 'forgotten';
  }
}

function guarded() {
  const rights = new Granted();
  const sessions = { find: (token: string) => Promise.resolve(token === TOKEN ? SESSION : null) };
  return {
    rights,
    sut: new NeedsGuard(
      new Reflector(),
      sessions,
      rights,
      new Rates(ratesOf({ ARCHIVES_PER_MINUTE_MAX: 2, LOT_IMPORTS_PER_MINUTE_MAX: 2, LOGINS_REFUSED_PER_MINUTE_MAX: 2 })),
    ),
  };
}
function request(type: typeof Routes | typeof Bare | typeof Door, handler: () => void, authorization?: string, from = '203.0.113.7') {
  const context = new ExecutionContextHost([{ headers: { authorization }, socket: { remoteAddress: from } }], type, handler);
  context.setType('http');
  return context;
}
function message(handler: () => void, session: SessionFacts | null) {
  const context = new ExecutionContextHost([{ data: { session } }, {}], Routes, handler);
  context.setType('ws');
  return context;
}
const { open, mine, office, upstream } = Routes.prototype;
const BEARER = `Bearer ${TOKEN}`;

describe('the guard of routes and messages', () => {
  it('lets everybody in where the need is public, and says who it was', async () => {
    const { sut } = guarded();
    const nobody = request(Routes, open);
    await expect(sut.canActivate(nobody)).resolves.toBe(true);
    expect(Asker.of(nobody)).toBeNull();
    const known = request(Routes, open, BEARER);
    await expect(sut.canActivate(known)).resolves.toBe(true);
    expect(Asker.of(known)).toEqual(SESSION);
  });

  it('asks for a login where the class needs one, of requests and of messages', async () => {
    const { sut } = guarded();
    await expect(sut.canActivate(request(Routes, mine))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(sut.canActivate(message(mine, null))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(sut.canActivate(request(Routes, mine, BEARER))).resolves.toBe(true);
    await expect(sut.canActivate(message(mine, SESSION))).resolves.toBe(true);
  });

  it('refuses a wrong token also where nothing is needed', async () => {
    await expect(guarded().sut.canActivate(request(Routes, open, `Bearer ${'b'.repeat(43)}`))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('asks the source for a right each time, so that one taken in the middle of a session is gone', async () => {
    const { sut, rights } = guarded();
    const socket = message(office, SESSION);
    await expect(sut.canActivate(socket)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    rights.rights = ['registry:write'];
    await expect(sut.canActivate(socket)).resolves.toBe(true);
    rights.rights = ['registry:read'];
    await expect(sut.canActivate(socket)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(sut.canActivate(request(Routes, office, BEARER))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leaves the header to a door that looks at keys itself', async () => {
    const { sut } = guarded();
    await expect(sut.canActivate(request(Door, Door.prototype.mirror, 'Venue abc'))).resolves.toBe(true);
    await expect(sut.canActivate(request(Routes, open, 'Venue abc'))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('SEC-19 counts what has a rate, by person or by address, and refuses what is beyond it', async () => {
    const { sut } = guarded();
    const asks = (...asker: [string?, string?]) => sut.canActivate(request(Routes, open, ...asker));
    for (const time of [1, 2]) expect([time, await asks()]).toEqual([time, true]);
    await expect(asks()).rejects.toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('ARCHIVES_PER_MINUTE_MAX') });
    // Somebody else there, and whoever has a session, is not held up.
    await expect(asks(undefined, '203.0.113.8')).resolves.toBe(true);
    for (const from of ['203.0.113.7', '203.0.113.8']) await expect(asks(BEARER, from)).resolves.toBe(true);
    await expect(asks(BEARER, '203.0.113.9')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('lets an API key reach what its own rights say, and nothing that needs a person', async () => {
    const { sut, rights } = guarded();
    rights.rights = ['lots:import', 'registry:write'];
    const context = request(Routes, upstream, `Bearer ${KEY}`);
    await expect(sut.canActivate(context)).resolves.toBe(true);
    expect([Asker.of(context), Asker.keyOf(context)]).toEqual([null, expect.objectContaining({ id: 'k-1' })]);
    await expect(sut.canActivate(request(Routes, mine, `Bearer ${KEY}`))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(sut.canActivate(request(Routes, office, `Bearer ${KEY}`))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(sut.canActivate(request(Routes, open, `Bearer ${KEY}`))).resolves.toBe(true);
  });

  it('counts the requests of a key by the key, and guesses by the address they come from', async () => {
    const { sut } = guarded();
    const asks = (key: string, from: string) => sut.canActivate(request(Routes, upstream, `Bearer ${key}`, from));
    for (const from of ['203.0.113.7', '203.0.113.8']) expect([from, await asks(KEY, from)]).toEqual([from, true]);
    await expect(asks(KEY, '203.0.113.9')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const guess = keyToken('0123456789abcdef', 'x'.repeat(43));
    for (const time of [1, 2]) await expect([time, asks(guess, '203.0.113.7')][1]).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(asks(guess, '203.0.113.7')).rejects.toMatchObject({ code: 'RATE_LIMITED', message: expect.not.stringContaining('gpk_') });
  });

  it('lets nobody through where no need is named', async () => {
    await expect(guarded().sut.canActivate(request(Bare, Bare.prototype.forgotten, BEARER))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
