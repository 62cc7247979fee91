import { canonicalText, type JsonObject, type JsonValue } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { SEPARATED, TV_E2E_01 } from '@app/testing/lots';
import { admit, at, closePublicity, decideAward, finish, once, type Play, publishKeys, voteAward } from '@app/testing/play';
import {
  audience,
  commandTypes,
  decide,
  evolveAll,
  initialLotState,
  type LotState,
  memberScoresOf,
  redact,
  resultOf,
  reviewFails,
  reviewResult,
  view,
} from '../index.js';
import fc from 'fast-check';

const MEMBERS = [1, 2, 3, 4, 5, 6, 7].map((index) => `award-${index}`);
/** A whole separated lot up to the announcement, with an objection on the way. */
const whole = once(() => {
  const play = at(SEPARATED, 'reported');
  const { table } = play;
  for (const member of MEMBERS) admit(play, member, 'award-member', 'main');
  table.act('agency', 'award.publish-candidates', { until: null });
  table.act('bidder-1', 'award.object', {}, { secrets: { objection: { text: 'why' } } });
  const id = table.state.award.objections[0]?.id ?? '';
  table.act('tenderer', 'award.answer-objection', { objection: id, upheld: false }, { secrets: { answer: { text: 'so' } } });
  closePublicity(play);
  table.act('tenderer', 'award.form-committee', { members: MEMBERS });
  publishKeys(play);
  voteAward(play, MEMBERS, ['B', 'B', 'B', 'B', 'E', 'E', null]);
  table.act('tenderer', 'award.announce');
  return play;
});

const VIEWERS = [
  'tenderer',
  'agency',
  'supervisor',
  'witness-main',
  'node:main',
  'node:sub-1',
  'bidder-1',
  'bidder-2',
  'expert-1',
  'representative-1',
  'award-1',
  null,
];
const viewer = (party: string | null) => ({ party, roles: [] });
const start = ({ table }: Play): LotState => initialLotState(table.state.origin, table.lot, table.round);
const first = ({ table }: Play, wanted: string): number => table.entries.findIndex(({ header }) => header.type === wanted);

/** Parts of entries of a type that a viewer may see, up to the first entry of type `until`. */
function seen(play: Play, party: string | null, until: string, type: string): string[] {
  const entries = play.table.entries.slice(0, first(play, until) + 1);
  const shown = redact(
    entries.filter(({ header }) => header.type === type),
    viewer(party),
    evolveAll(start(play), entries),
  );
  return [...new Set(shown.flatMap(({ parts }) => Object.keys(parts)))].filter((name) => /^[xd]:/.test(name)).sort();
}

describe('who sees what (domain.md §2.2)', () => {
  it('what a viewer folds from his own stream is his view of the whole, for everybody, from the objection on', () => {
    const play = whole();
    const { entries } = play.table;
    for (let size = first(play, 'award.object') + 1; size <= entries.length; size += 6) {
      const all = evolveAll(start(play), entries.slice(0, size));
      for (const party of VIEWERS) {
        const mine = evolveAll(start(play), redact(entries.slice(0, size), viewer(party), all));
        expect(mine).toEqual(view(all, viewer(party)));
      }
    }
  });
  it('A-146 nobody but the venue has a ciphertext to use released keys on', () => {
    const { table } = whole();
    for (const party of ['bidder-1', 'tenderer', 'agency', 'expert-2', 'node:sub-1', 'award-1', null]) {
      const entry = table.entries.find(
        ({ header, parts }) => header.type === 'review.submit-sheet' && JSON.stringify(parts).includes('expert-1'),
      )!;
      const { state } = table;
      expect([party, audience(viewer(party), state, { header: entry.header, events: [], party: 'expert-1' }, 'x:ciphertext')]).toEqual([
        party,
        false,
      ]);
    }
  });
  it('scores of others are seen by members when aggregation has locked them, by the owner with the report, never by bidders', () => {
    const play = whole();
    const opening = 'scoring.open-sheets';
    expect(seen(play, 'expert-1', opening, opening)).toEqual(['d:dues', 'x:sheet:expert-1']);
    expect(seen(play, 'expert-1', 'scoring.aggregate', opening)).toContain('x:sheet:expert-2');
    expect(seen(play, 'tenderer', 'scoring.aggregate', opening)).toEqual([]);
    expect(seen(play, 'tenderer', 'report.review', opening)).toContain('x:sheet:expert-2');
    for (const party of ['bidder-1', 'award-1', null]) expect(seen(play, party, 'award.announce', opening)).toEqual([]);
  });
  it('the table is for insiders, then the owner, and under separation for the public only with the announcement', () => {
    const play = whole();
    const table = (party: string | null, until: string) => seen(play, party, until, 'scoring.aggregate');
    const both = ['d:member-scores', 'd:result'];
    for (const party of ['supervisor', 'expert-1', 'representative-1']) expect(table(party, 'scoring.aggregate')).toEqual(both);
    expect(table('agency', 'scoring.aggregate')).toEqual([]);
    expect(table('agency', 'report.review')).toEqual(both);
    expect(table('bidder-1', 'award.open-ballots')).toEqual([]);
    expect(table(null, 'award.announce')).toEqual(['d:result']);
    expect(resultOf(view(play.table.state, viewer(null)))?.rows[0]?.party).toBe('bidder-2');
  });
  it('B5 what a member gave or failed is never public: the table has bidders and factors, the review has reasons, neither has members', () => {
    const play = at(TV_E2E_01, 'reported');
    play.table.act('agency', 'award.publish-candidates', { until: null });
    closePublicity(play);
    decideAward(play, 'B');
    finish(play);
    const { state } = play.table;
    for (const party of [null, 'bidder-2', 'bidder-4', 'award-1', 'witness-main']) {
      const mine = view(state, viewer(party));
      expect([party, memberScoresOf(mine), reviewFails(mine)]).toEqual([party, null, null]);
      const shown = JSON.stringify([resultOf(mine), reviewResult(mine)]);
      expect(shown).toContain('"total":"92.87"');
      expect(shown).toContain('未响应实质性要求');
      // Nor does anything else that they are shown of the evaluation name a member beside a bidder.
      const parts = Object.entries(mine.disclosed).filter(([key]) =>
        /\/[dx]:(result|review|fails|member-scores|sheet|vote|dues|report)/.test(key),
      );
      expect(parts.filter(([, value]) => /expert-\d|representative-\d/.test(JSON.stringify(value))).map(([key]) => key)).toEqual([]);
    }
    expect(memberScoresOf(view(state, viewer('tenderer')))?.bids['bidder-2']?.['technical']?.members).toMatchObject({ 'expert-1': '27' });
    expect(reviewFails(view(state, viewer('supervisor')))?.decisive.map(({ member }) => member)).toHaveLength(4);
  });
  it('with ranked candidates the table is public from the publicity on', () => {
    const play = at(TV_E2E_01, 'reported');
    play.table.act('agency', 'award.publish-candidates', { until: null });
    expect(seen(play, null, 'report.review', 'scoring.aggregate')).toEqual([]);
    expect(seen(play, null, 'award.publish-candidates', 'scoring.aggregate')).toEqual(['d:result']);
    expect(seen(play, 'bidder-4', 'award.publish-candidates', 'review.open-sheets')).toEqual(['d:review']);
  });
  it('ballots stay with their members and the supervisor; notices with their bidders; objections with who raised them', () => {
    const play = whole();
    const end = 'award.announce';
    expect(seen(play, 'award-1', end, 'award.open-ballots')).toEqual(['d:award', 'd:tally', 'x:sheet:award-1']);
    expect(seen(play, 'supervisor', end, 'award.open-ballots')).toContain('x:sheet:award-2');
    expect(seen(play, 'bidder-1', end, 'award.announce')).toEqual(['d:notice:bidder-1']);
    expect(seen(play, 'bidder-1', end, 'award.object')).toEqual(['x:objection']);
    expect(seen(play, 'bidder-1', end, 'award.answer-objection')).toEqual(['x:answer']);
    expect(seen(play, 'bidder-2', end, 'award.answer-objection')).toEqual([]);
    expect(seen(play, 'bidder-2', end, 'report.generate')).toEqual([]);
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
    const play = whole();
    const { table } = play;
    const types = commandTypes().filter((type) => /^(committee|review|scoring|report|award)\./.test(type));
    const shares = [0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];
    const states = shares.map((share) => evolveAll(start(play), table.entries.slice(0, Math.floor(table.entries.length * share))));
    const anything = fc.jsonValue().filter(isCanonical);
    const call = fc.record({
      type: fc.constantFrom(...types),
      party: fc.constantFrom(...Object.keys(table.state.parties)),
      state: fc.constantFrom(...states),
      payload: fc.oneof(fc.constant({}), anything),
      secrets: fc.dictionary(fc.constantFrom(...SECRETS), anything, { maxKeys: 3 }),
      assurance: fc.constantFrom('certificate' as const, 'node' as const),
    });
    fc.assert(
      fc.property(call, ({ type, party, state, payload, secrets, assurance }) => {
        const extras = { secrets: secrets as Record<string, JsonValue>, assurance, step: state.committee.step ?? '' };
        const { command, openings, context } = table.prepare(party, type, payload as JsonObject, extras);
        expect(typeof decide(state, { command, openings }, context).ok).toBe('boolean');
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
