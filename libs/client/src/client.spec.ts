import type { LoginStatement, Outcome, SignedCommand } from '@app/contracts';
import { zAnswer, zSignedCommand } from '@app/contracts';
import { TreeHasher } from '@app/ledger';
import { profileOf, verifySignature, verifyWith } from '@app/sealing';
import '@app/sealing/node';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isGenuine, RequestError, signAnswers, signWish, submitByRoutes, VenueClient } from './index.js';

const profile = profileOf('gp-std-1');
const hasher = new TreeHasher(profile.hash);
const venue = profile.generateSigner('node');
const person = profile.generateSigner();
const node = profile.generateSigner('node');
const AT = '2026-06-01T04:00:00.000Z';
const identity = { signer: node, ref: { kind: 'node' as const, name: 'main', publicKey: node.publicKey } };
const target = { origin: 'gongping.test/lot/lot-1/1', lot: 'lot-1', round: 1 };
const wish = { type: 'scoring.submit-sheet', payload: { a: 1 }, party: 'expert-1', at: AT, basis: 3 };
const accepted = (id: string, seq = 0): Outcome => ({ ok: true, id, origin: target.origin, seq, at: AT, leaf: '0'.repeat(64) });
const ID = '019a0000-0000-7000-8000-000000000001';

describe('signed answers', () => {
  it('one signature covers a group commit, and each answer proves its own place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (size) => {
        const outcomes = Array.from({ length: size }, (_unused, seq) => accepted(ID, seq));
        const answers = signAnswers(hasher, venue, outcomes);
        expect(new Set(answers.map(({ proof }) => proof.signature)).size).toBe(1);
        for (const answer of answers) expect(isGenuine(profile, zAnswer.parse(answer), venue.publicKey)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('an answer whose outcome, place or key was changed is not genuine', () => {
    const [first, second] = signAnswers(hasher, venue, [accepted(ID, 0), accepted(ID, 1), accepted(ID, 2)]);
    if (first === undefined || second === undefined) throw new Error('no answers');
    const changed = [
      { ...first, outcome: second.outcome },
      { ...first, outcome: { ok: false as const, id: ID, code: 'E_INPUT', message: 'x', at: AT } },
      { ...first, proof: { ...first.proof, index: 1 } },
      { ...first, proof: { ...first.proof, size: 4 } },
      { ...first, proof: { ...first.proof, path: first.proof.path.slice(1) } },
      { ...first, proof: { ...first.proof, root: '0'.repeat(64) } },
      { ...first, proof: { ...first.proof, signature: second.proof.signature.slice(2) } },
      { ...first, proof: { ...first.proof, key: person.publicKey } },
    ];
    for (const answer of changed) expect(isGenuine(profile, answer, venue.publicKey)).toBe(false);
    expect(isGenuine(profile, first, person.publicKey)).toBe(false);
  });
});

describe('a command made by the client', () => {
  it('carries commitments under fresh salts, and openings that fit them', async () => {
    const signed = await signWish(profile, identity, target, { ...wish, secrets: { note: '仅自己可见' } });
    const again = await signWish(profile, identity, target, { ...wish, secrets: { note: '仅自己可见' } });
    expect(zSignedCommand.parse(signed)).toEqual(signed);
    expect(verifySignature(profile, signed)).toMatchObject({ ok: true, assurance: 'node' });
    expect(signed.command.secrets).not.toEqual(again.command.secrets);
    expect(signed.command.id).not.toBe(again.command.id);
    expect(JSON.stringify(signed.command)).not.toContain('仅自己可见');
  });

  it('is signed by the key of the lot too, where whoever acts has one', async () => {
    const lotKey = profile.generateSigner();
    const signed = await signWish(profile, { ...identity, lotKey }, target, wish);
    expect(zSignedCommand.parse(signed)).toEqual(signed);
    expect(signed.command.actor).toEqual({ party: 'expert-1', key: lotKey.publicKey });
    expect(verifySignature(profile, signed)).toMatchObject({ ok: true, key: node.publicKey });
  });
});

/** What a fake venue does with the next request to an address; the last rule goes on for ever. */
type Rule = (body: string, response: ServerResponse, request: IncomingMessage) => void;
class FakeVenue {
  readonly received: SignedCommand[] = [];
  readonly rules = new Map<string, Rule[]>();
  #server: Server | undefined;
  url = '';

  async listen(): Promise<void> {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const rules = this.rules.get(`${request.method ?? ''} ${request.url ?? ''}`) ?? [];
        const rule = rules.length > 1 ? rules.shift() : rules[0];
        if (rule === undefined) problem('NOT_FOUND', 404)(body, response, request);
        else rule(body, response, request);
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
    this.rules.set('GET /api/installation', [
      json({
        name: 'gongping.test',
        venue: 'main',
        venueRole: 'main',
        now: AT,
        engine: 'e',
        foundingRules: 'released',
        profile: 'gp-std-1',
        platformOrigin: 'p',
        answerKey: venue.publicKey,
        logKey: venue.publicKey,
      }),
    ]);
  }
  decide: Rule = (body, response, request) => {
    const signed = zSignedCommand.parse(JSON.parse(body));
    this.received.push(signed);
    json(signAnswers(hasher, venue, [accepted(signed.command.id)])[0])(body, response, request);
  };
  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
const json =
  (value: unknown, status = 200): Rule =>
  (_body, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
const problem = (code: string, status: number): Rule => json({ code, message: code, requestId: 'r-1' }, status);
const hangUp: Rule = (_body, response) => response.destroy();
/** Dies in the middle of its answer. */
const breakOff: Rule = (_body, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"outcome":', () => response.destroy());
};
const COMMANDS = 'POST /api/lots/lot-1/commands';

describe('a client at a venue', () => {
  let main: FakeVenue;
  let site: FakeVenue;
  let sut: VenueClient;
  let signed: SignedCommand;
  beforeEach(async () => {
    [main, site] = [new FakeVenue(), new FakeVenue()];
    await Promise.all([main.listen(), site.listen()]);
    sut = new VenueClient(main.url, profile, identity);
    signed = await signWish(profile, identity, target, wish);
  });
  afterEach(() => {
    main.close();
    site.close();
  });
  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
    } catch (error) {
      return error instanceof RequestError ? error.code : `another error: ${String(error)}`;
    }
    return 'none';
  };

  it('sends the same command again, under the same id, when the line breaks before the answer', async () => {
    main.rules.set(COMMANDS, [hangUp, breakOff, problem('UNAVAILABLE', 503), main.decide]);
    const answer = await sut.submit(signed);
    expect(answer.outcome).toEqual(accepted(signed.command.id));
    expect(main.received).toEqual([signed]);
  });

  it('does not send again what the door refused, and gives up in the end', async () => {
    main.rules.set(COMMANDS, [problem('BAD_SIGNATURE', 409), main.decide]);
    expect(await codeOf(sut.submit(signed))).toBe('BAD_SIGNATURE');
    expect(main.received).toEqual([]);
    main.rules.set(COMMANDS, [hangUp]);
    expect(await codeOf(sut.submit(signed, 2))).toBe('UNAVAILABLE');
    main.rules.set(COMMANDS, [json('no problem', 500)]);
    expect(await codeOf(sut.submit(signed, 1))).toBe('INTERNAL');
  });

  it('believes no answer that the venue did not sign', async () => {
    const forged = signAnswers(hasher, person, [accepted(signed.command.id)])[0];
    main.rules.set(COMMANDS, [json(forged)]);
    expect(await codeOf(sut.submit(signed))).toBe('BAD_SIGNATURE');
  });

  it('goes straight to the main venue when the site is away or keeps the command, and is decided once', async () => {
    const routes = [new VenueClient(site.url, profile, identity), sut];
    main.rules.set(COMMANDS, [main.decide]);
    site.rules.set(COMMANDS, [problem('QUEUED', 409)]);
    expect((await submitByRoutes(routes, signed)).outcome.ok).toBe(true);
    site.close();
    expect((await submitByRoutes(routes, signed)).outcome.ok).toBe(true);
    expect(new Set(main.received.map(({ command }) => command.id))).toEqual(new Set([signed.command.id]));
  });

  it('says QUEUED when the site keeps the command and nothing answers; a refusal at one door is final', async () => {
    const routes = [new VenueClient(site.url, profile, identity), sut];
    site.rules.set(COMMANDS, [problem('QUEUED', 409)]);
    main.rules.set(COMMANDS, [hangUp]);
    expect(await codeOf(submitByRoutes(routes, signed, 2))).toBe('QUEUED');
    site.rules.set(COMMANDS, [problem('CERT_REVOKED', 409)]);
    expect(await codeOf(submitByRoutes(routes, signed))).toBe('CERT_REVOKED');
    expect(await codeOf(submitByRoutes([], signed, 1))).toBe('UNAVAILABLE');
  });

  it('logs in by signing the venue’s challenge with the certificate’s key', async () => {
    const client = new VenueClient(main.url, profile, { signer: person, ref: { kind: 'certificate', certificate: 'AAAA' } });
    let login = '';
    main.rules.set('POST /api/sessions/challenge', [json({ challenge: 'abc', expiresAt: AT })]);
    main.rules.set('POST /api/sessions', [
      (body, response, request) => {
        login = body;
        json({ token: 't-1', expiresAt: AT, person: { id: 'p', name: '王' }, organisation: null, rights: [] })(body, response, request);
      },
    ]);
    main.rules.set('GET /api/me/lots', [
      (body, response, request) => json(request.headers.authorization === 'Bearer t-1' ? [] : null)(body, response, request),
    ]);
    expect((await client.login()).person.name).toBe('王');
    const sent = JSON.parse(login) as { statement: LoginStatement; signature: string };
    // SEC-13: the client says itself whom it talks to.
    expect(sent.statement).toMatchObject({ address: main.url, challenge: 'abc' });
    expect(verifyWith(profile, person.publicKey, 'login', sent.statement, sent.signature)).toBe(true);
    expect(await client.lots()).toEqual([]);
    await expect(sut.login()).rejects.toThrow(/only a certificate/);
  });
});
