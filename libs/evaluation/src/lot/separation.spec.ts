import type { JsonObject, Role } from '@app/contracts';
import { ROLES } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { TV_E2E_01 } from '@app/testing/lots';
import {
  bidAct,
  binding,
  createLot,
  delivery,
  draft,
  foundingParties,
  makeBidAt,
  publishKeys,
  publishLot,
  registered,
  seat,
} from '@app/testing/play';
import { textOf } from '../kernel/fields.js';
import { clashWith, excludedFrom, firstClash, type Standing } from './separation.js';

const standing = (party: string, roles: readonly Role[], person: string, organisation: string): Standing => ({
  party,
  roles,
  person,
  organisation,
});
const person = (role: Role, organisation: string, id: string = role): Standing => standing(id, [role], id, organisation);
/** Pairs of roles in which one organisation may not stand twice. */
const excludedPairs = (): string[] =>
  ROLES.flatMap((one) =>
    ROLES.filter((other) => one < other && clashWith(person(one, 'org', 'a'), [person(other, 'org', 'b')]) !== null).map(
      (other) => `${one} ${other}`,
    ),
  );

describe('B6 SEC-5 the table of excluded pairs (domain.md §14.2)', () => {
  it('B6 compares organisations: supervisor with all, agency and witness with members, bidders with the owner’s side and members', () => {
    expect(excludedPairs().sort()).toEqual(
      [
        'agency bidder',
        'agency expert',
        'agency supervisor',
        // One organisation that is tenderer and agency runs its own tender; its staff may represent it.
        'award-member bidder',
        'award-member supervisor',
        'bidder expert',
        'bidder supervisor',
        'bidder tenderer',
        'bidder tenderer-representative',
        'bidder witness',
        'expert supervisor',
        'expert tenderer',
        'expert witness',
        'agency tenderer-representative',
        'supervisor tenderer',
        'supervisor tenderer-representative',
        'supervisor witness',
        'tenderer-representative witness',
      ].sort(),
    );
  });

  it('B6 lets nobody act under two names, whatever the roles; two bids of one hand are a sign, not a refusal', () => {
    const one = standing('agency', ['agency'], 'p', 'o-1');
    expect(clashWith(standing('tenderer', ['tenderer'], 'p', 'o-2'), [one])?.code).toBe('E_ROLE_EXCLUDED');
    expect(clashWith(standing('bidder-2', ['bidder'], 'p', 'o-2'), [standing('bidder-1', ['bidder'], 'p', 'o-1')])).toBeNull();
    expect(clashWith(one, [one])).toBeNull();
  });

  it('B6 looks at the roles of one party too, and names a member’s clash a recusal', () => {
    expect(firstClash([standing('x', ['agency', 'supervisor'], 'p', 'o')])?.code).toBe('E_ROLE_EXCLUDED');
    expect(firstClash([standing('x', ['agency', 'tenderer'], 'p', 'o')])).toBeNull();
    expect(clashWith(person('expert', 'o', 'a'), [person('bidder', 'o', 'b')])?.code).toBe('E_RECUSAL_HIT');
  });

  it('自行招标 a tenderer that is its own agency sends its own representative, and no expert', () => {
    const own = [standing('agency', ['agency'], 'p-1', 'o'), standing('tenderer', ['tenderer'], 'p-2', 'o')];
    expect(clashWith(standing('representative-1', ['tenderer-representative'], 'p-3', 'o'), own)).toBeNull();
    expect(clashWith(standing('expert-1', ['expert'], 'p-4', 'o'), own)?.code).toBe('E_RECUSAL_HIT');
  });

  it('who may be drawn follows from the same table', () => {
    const all = [person('agency', 'o-a'), person('award-member', 'o-t'), person('bidder', 'o-b')];
    const { people, organisations } = excludedFrom('expert', all);
    expect([[...people].sort(), [...organisations].sort()]).toEqual([
      ['agency', 'award-member', 'bidder'],
      ['o-a', 'o-b'],
    ]);
  });
});

describe('SEC-5 founding a lot', () => {
  const parties = foundingParties();
  const bindings = parties.map(({ party }) => binding(textOf(party), `org-${textOf(party).replace(':', '-')}`));
  const all = registered(parties) as { registry: { parties: Record<string, { isKnown: boolean; rights: string[] }> } };
  const withParty = (name: string, change: JsonObject): JsonObject => ({
    registry: { parties: { ...all.registry.parties, [name]: { ...all.registry.parties[name], ...change } } },
  });
  const bound = (name: string, change: JsonObject): JsonObject[] =>
    bindings.map((one) => (one['party'] === name ? { ...one, ...change } : one));
  function create(facts: JsonObject, secrets: { bindings: JsonObject[] } = { bindings }): string | null {
    const play = seat(TV_E2E_01);
    return play.table.refusal('agency', 'lot.create', { ...draft(play), parties }, { secrets, facts });
  }

  it('SEC-5 needs the right lots:found, and the word of the registry about everybody who is named', () => {
    expect(create(all)).toBeNull();
    expect(create({})).toBe('E_UNREGISTERED');
    expect(create(withParty('agency', { rights: [] }))).toBe('FORBIDDEN');
    // A bidder with any other right is no agency.
    expect(create(withParty('agency', { rights: ['registry:read', 'lots:witness'] }))).toBe('FORBIDDEN');
    for (const name of ['tenderer', 'supervisor', 'witness-main', 'node:main', 'node:supervision'])
      expect(create(withParty(name, { isKnown: false }))).toBe('E_UNREGISTERED');
  });

  it('SEC-5 takes supervisor and witness only from whom the registry grants it: never from the founder’s friends', () => {
    expect(create(withParty('supervisor', { rights: [] }))).toBe('FORBIDDEN');
    expect(create(withParty('supervisor', { rights: ['lots:witness'] }))).toBe('FORBIDDEN');
    expect(create(withParty('witness-main', { rights: [] }))).toBe('FORBIDDEN');
  });

  it('SEC-5 one certificate cannot be everybody: one person stands under one name', () => {
    const [agency] = bindings.filter(({ party }) => party === 'agency');
    for (const name of ['tenderer', 'supervisor', 'witness-main'])
      expect(create(all, { bindings: bound(name, { person: agency?.['person'] ?? null }) })).toBe('E_ROLE_EXCLUDED');
    expect(create(all, { bindings: bound('supervisor', { organisation: { id: 'org-agency', name: 'agency公司' } }) })).toBe(
      'E_ROLE_EXCLUDED',
    );
  });

  it('B6 an admission later is held to the same: right, registry, separation', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    const ask = (role: string, by: string, change: JsonObject, facts?: JsonObject): string | null => {
      const given = { party: 'newcomer-1', roles: [role], venue: 'main', seat: null };
      const secrets = { binding: { ...binding('newcomer-1', 'org-new'), ...change } };
      return play.table.refusal(by, 'lot.admit', given, { secrets, facts: facts ?? registered([given]) });
    };
    const of = (organisation: string): JsonObject => ({ organisation: { id: organisation, name: organisation } });
    expect(ask('tenderer-representative', 'agency', {})).toBeNull();
    expect(ask('tenderer-representative', 'agency', {}, {})).toBe('E_UNREGISTERED');
    expect(ask('tenderer-representative', 'agency', of('org-agency'))).toBe('E_RECUSAL_HIT');
    expect(ask('tenderer-representative', 'agency', of('org-supervisor'))).toBe('E_RECUSAL_HIT');
    expect(ask('tenderer-representative', 'agency', of('org-witness-main'))).toBe('E_RECUSAL_HIT');
    expect(ask('tenderer-representative', 'agency', { person: { id: 'person-supervisor', name: '某' } })).toBe('E_RECUSAL_HIT');
    expect(ask('witness', 'supervisor', of('org-supervisor'))).toBe('E_ROLE_EXCLUDED');
    expect(ask('witness', 'supervisor', {}, { registry: { parties: { 'newcomer-1': { isKnown: true, rights: [] } } } })).toBe('FORBIDDEN');
  });

  it('B6 条例 34 the owner’s side does not bid', () => {
    const play = seat(TV_E2E_01);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    play.table.waitUntil('2026-03-10T02:00:00.000Z');
    const [desk] = play.desks;
    if (desk === undefined) throw new Error('no bidder');
    const asTenderer = { ...desk, letter: 'tenderer' };
    const made = makeBidAt(play, desk);
    expect(bidAct(play, asTenderer, 'bidding.deliver', delivery(made))).toMatchObject({ ok: false, code: 'E_ROLE_EXCLUDED' });
    expect(bidAct(play, desk, 'bidding.deliver', delivery(made))).toMatchObject({ ok: true });
  });
});
