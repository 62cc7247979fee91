import { canonicalText, type JsonValue, type Role } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { once, playBallots, playTender } from '../../test/scripts.js';
import { LotPlayer } from '../../test/lot-player.js';
import { audience, commandTypes, evolveAll, redact, resultOf, view } from '../index.js';
import fc from 'fast-check';

const MEMBERS = [1, 2, 3, 4, 5].map((index) => `award-${index}`);
/** A whole separated lot up to the announcement, with an objection on the way. */
const whole = once(() => {
  const lot = playTender({ award: { kind: 'direct-vote', members: 5 } }).do('agency', 'award.publish-candidates', { until: null });
  const id = lot.newId();
  lot.do('bidder-1', 'award.object', {}, { secrets: { objection: { text: 'why' } }, id });
  lot.do('tenderer', 'award.answer-objection', { objection: id, upheld: false }, { secrets: { answer: { text: 'so' } } });
  lot.now += 3_000;
  lot.do('agency', 'award.close-publicity').do('tenderer', 'award.form-committee', { members: MEMBERS });
  playBallots(lot, ['bidder-2', 'bidder-2', 'bidder-2', 'bidder-5', null]);
  return lot.do('tenderer', 'award.announce');
});

const VIEWERS = [
  'tenderer',
  'agency',
  'supervisor',
  'witness-sub-1',
  'node:main',
  'node:sub-1',
  'bidder-1',
  'bidder-2',
  'expert-1',
  'representative-1',
  'award-1',
  null,
];
const viewer = (lot: LotPlayer, party: string | null) => ({
  party,
  roles: party === null ? ([] as Role[]) : (lot.state.parties[party]?.roles ?? []),
});

/** Parts of entries of a type that a viewer may see, after the first `size` entries of the play. */
function seen(lot: LotPlayer, party: string | null, until: string, type: string): string[] {
  const last = lot.entries.findIndex(({ header }) => header.type === until);
  const entries = lot.entries.slice(0, last + 1);
  const state = evolveAll(lot.base, entries);
  const shown = redact(
    entries.filter(({ header }) => header.type === type),
    viewer(lot, party),
    state,
  );
  return [...new Set(shown.flatMap(({ parts }) => Object.keys(parts)))].filter((name) => /^[xd]:/.test(name)).sort();
}

describe('who sees what (domain.md §2.2)', () => {
  it('what a viewer folds from his own stream is his view of the whole, for everybody and after every entry', () => {
    const lot = whole();
    // The opening sheets of the prepared lot came before the first entry of this play: no fold of it shows them.
    const bare = { ...lot.base, disclosed: {} };
    for (const party of VIEWERS) {
      const who = viewer(lot, party);
      for (let size = 0; size <= lot.entries.length; size += 9) {
        const entries = lot.entries.slice(0, size);
        const all = evolveAll(bare, entries);
        const mine = evolveAll(bare, redact(entries, who, all));
        expect(mine).toEqual(view(all, who));
      }
    }
  });
  it('A-146 nobody but the venue has a ciphertext to use released keys on', () => {
    const lot = whole();
    for (const party of ['bidder-1', 'tenderer', 'agency', 'expert-2', 'node:sub-1', 'award-1', null]) {
      const entry = lot.entries.find(
        ({ header, parts }) => header.type === 'review.submit-sheet' && JSON.stringify(parts).includes('expert-1'),
      )!;
      const state = lot.state;
      expect([party, audience(viewer(lot, party), state, { header: entry.header, events: [], party: 'expert-1' }, 'x:ciphertext')]).toEqual(
        [party, false],
      );
    }
  });
  it('scores of others are seen by members when aggregation has locked them, by the owner with the report, never by bidders', () => {
    const lot = whole();
    const opening = 'scoring.open-sheets';
    expect(seen(lot, 'expert-1', opening, opening)).toEqual(['d:dues', 'x:sheet:expert-1']);
    expect(seen(lot, 'expert-1', 'scoring.aggregate', opening)).toContain('x:sheet:expert-2');
    expect(seen(lot, 'tenderer', 'scoring.aggregate', opening)).toEqual([]);
    expect(seen(lot, 'tenderer', 'report.review', opening)).toContain('x:sheet:expert-2');
    for (const party of ['bidder-1', 'award-1', null]) expect(seen(lot, party, 'award.announce', opening)).toEqual([]);
  });
  it('the table is for insiders, then the owner, and under separation for the public only with the announcement', () => {
    const lot = whole();
    const table = (party: string | null, until: string) => seen(lot, party, until, 'scoring.aggregate');
    expect(table('supervisor', 'scoring.aggregate')).toEqual(['d:result']);
    expect(table('agency', 'scoring.aggregate')).toEqual([]);
    expect(table('agency', 'report.review')).toEqual(['d:result']);
    expect(table('bidder-1', 'award.open-ballots')).toEqual([]);
    expect(table(null, 'award.announce')).toEqual(['d:result']);
    expect(resultOf(view(lot.state, viewer(lot, null)))?.rows[0]?.party).toBe('bidder-2');
  });
  it('with ranked candidates the table is public from the publicity on', () => {
    const lot = playTender().do('agency', 'award.publish-candidates', { until: null });
    expect(seen(lot, null, 'report.review', 'scoring.aggregate')).toEqual([]);
    expect(seen(lot, null, 'award.publish-candidates', 'scoring.aggregate')).toEqual(['d:result']);
    expect(seen(lot, 'bidder-4', 'award.publish-candidates', 'review.open-sheets')).toEqual(['d:review']);
  });
  it('ballots stay with their members and the supervisor; notices with their bidders; objections with who raised them', () => {
    const lot = whole();
    const end = 'award.announce';
    expect(seen(lot, 'award-1', end, 'award.open-ballots')).toEqual(['d:award', 'd:tally', 'x:sheet:award-1']);
    expect(seen(lot, 'supervisor', end, 'award.open-ballots')).toContain('x:sheet:award-2');
    expect(seen(lot, 'bidder-1', end, 'award.announce')).toEqual(['d:notice:bidder-1']);
    expect(seen(lot, 'bidder-1', end, 'award.object')).toEqual(['x:objection']);
    expect(seen(lot, 'bidder-1', end, 'award.answer-objection')).toEqual(['x:answer']);
    expect(seen(lot, 'bidder-2', end, 'award.answer-objection')).toEqual([]);
    expect(seen(lot, 'bidder-2', end, 'report.generate')).toEqual([]);
  });
});

describe('totality', () => {
  const SECRETS = [
    'ballot',
    'ciphertext',
    'masters',
    'sheet:expert-1',
    'correction',
    'confirmation',
    'explanation',
    'vote',
    'dissent',
    'decision',
  ];
  it('whatever JSON anybody sends as any command at any time, there is a decision and no exception', () => {
    const lot = whole();
    const types = commandTypes().filter((type) => /^(committee|review|scoring|report|award)\./.test(type));
    const shares = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
    const states = shares.map((share) => evolveAll(lot.base, lot.entries.slice(0, Math.floor(lot.entries.length * share))));
    const anything = fc.jsonValue().filter(isCanonical);
    const call = fc.record({
      type: fc.constantFrom(...types),
      party: fc.constantFrom(...Object.keys(lot.state.parties)),
      state: fc.constantFrom(...states),
      payload: fc.oneof(fc.constant({}), anything),
      secrets: fc.dictionary(fc.constantFrom(...SECRETS), anything, { maxKeys: 3 }),
      assurance: fc.constantFrom('certificate' as const, 'node' as const),
    });
    fc.assert(
      fc.property(call, ({ type, party, state, payload, secrets, assurance }) => {
        const player = new LotPlayer(state);
        const decision = player.ask(party, type, payload as JsonValue, { secrets: secrets as Record<string, JsonValue>, assurance });
        expect(typeof decision.ok).toBe('boolean');
      }),
      { numRuns: 800 },
    );
  });
});

function isCanonical(value: unknown): boolean {
  try {
    canonicalText(value as JsonValue);
    return true;
  } catch {
    return false;
  }
}
