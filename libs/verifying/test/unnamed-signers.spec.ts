import type { SentEntry } from '@app/contracts';
import { canonicalText, PART, parseCanonical } from '@app/contracts';
import { secretEntryOf } from '@app/evaluation';
import { profileOf } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { aggregate, createLot, reviewBids, scoreBids, seat, signReport, untilEvaluating } from '@app/testing/play';
import { LotJudge } from '@app/verifying';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Certified } from './support/certified.js';

// Whole lots are played and judged, on cores that others use too.
jest.setTimeout(60_000);

const profile = profileOf('gp-std-1');
const LACKING_THE_SIGNER = { parts: 'NOT VISIBLE', certificates: 'NOT VISIBLE', bindings: 'NOT VISIBLE', names: 'NOT VISIBLE' };

/** 招标投标法 37: who sits in the committee is secret; that one and the same member signed is not. */
describe('an act of a member whose name its reader is not shown', () => {
  let registry: Certified;
  let play: Play;
  let first: number;
  let attested: number;

  beforeAll(async () => {
    registry = await Certified.of(TV_E2E_01);
    play = seat(TV_E2E_01, 1, undefined, registry);
    untilEvaluating(play);
    reviewBids(play);
    for (const part of ['technical', 'commercial'] as const) scoreBids(play, part);
    aggregate(play);
    signReport(play);
    first = seqOf('committee.sign-in');
    attested = seqOf('committee.attest-key');
  });
  const seqOf = (type: string): number => play.table.sent.findIndex(({ header }) => header.type === type);

  /** As it is sent to whoever may see all but who the members are. */
  function unnamed({ header, parts }: SentEntry): SentEntry {
    const isKeyed = Object.hasOwn(header.parts, PART.sig);
    return { header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => !isKeyed || name !== PART.who)) };
  }
  function judgeOf(size: number, change: (entry: SentEntry) => SentEntry = (entry) => entry): LotJudge {
    const { origin, lot, round } = play.table.state;
    const { installation, shelf } = play.table;
    const judge = new LotJudge({ installation, origin, lot, round, profile, shelf, anchors: registry.trust });
    for (const entry of play.table.sent.slice(0, size)) judge.take(change(unnamed(entry)));
    return judge;
  }
  /** The key of the lot that signed the first of them. */
  const keyOfFirst = (): string => judgeOf(first + 1).latest.unnamed!.key;

  it('is judged once the node of his seat attested the key that signed it, and lacks nothing but him', () => {
    const signedIn = judgeOf(first + 1);
    expect(signedIn.latest).toMatchObject({ faults: [], checks: { ...LACKING_THE_SIGNER, signatures: 'PASS', decide: 'PASS' } });
    expect(signedIn.latest.unnamed?.checks).toEqual(Object.keys(LACKING_THE_SIGNER));
    expect([signedIn.attests(keyOfFirst()), signedIn.unjudged]).toEqual([false, first]);
    const after = judgeOf(attested + 1);
    expect([after.attests(keyOfFirst()), after.unjudged]).toEqual([true, null]);
  });

  it('leaves nothing open of a whole evaluation, whoever the members are', () => {
    const judge = judgeOf(play.table.sent.length);
    expect(play.table.sent.filter(({ header }) => Object.hasOwn(header.parts, PART.sig)).length).toBeGreaterThan(20);
    expect([judge.unjudged, judge.standing.fault, judge.standing.held]).toEqual([null, null, null]);
  });

  it('SEC-2 shows its signature to whoever sees it, the public too, and who he is to none of them', () => {
    const { table } = play;
    const keyed = table.entries.filter(({ header }) => Object.hasOwn(header.parts, PART.sig));
    const bidder = Object.keys(table.state.parties).find((party) => party.startsWith('bidder-')) ?? '';
    for (const viewer of [
      { party: null, roles: [] },
      { party: bidder, roles: ['bidder' as const] },
      { party: 'tenderer', roles: ['tenderer' as const] },
    ]) {
      const shown = keyed.map((entry) =>
        [PART.skeleton, PART.command, PART.sig, PART.who].map((part) => table.run.audience(viewer, secretEntryOf(entry), part)),
      );
      expect(shown).toEqual(keyed.map(() => [true, true, true, false]));
    }
    // As the public is sent them, every one of these signatures is looked at, and an altered one is found.
    const { origin, lot, round } = table.state;
    const judge = new LotJudge({
      installation: table.installation,
      origin,
      lot,
      round,
      profile,
      shelf: table.shelf,
      anchors: registry.trust,
    });
    for (const [seq, entry] of table.entries.entries()) {
      const parts = Object.entries(table.sent[seq]!.parts).filter(([part]) =>
        table.run.audience({ party: null, roles: [] }, secretEntryOf(entry), part),
      );
      judge.take({ header: entry.header, parts: Object.fromEntries(parts) });
      if (keyed.includes(entry)) expect(judge.latest).toMatchObject({ faults: [], checks: { signatures: 'PASS' } });
    }
    // A draft is nobody's but theirs who work on it: its signatures neither.
    const draft = seat(TV_E2E_01, 1, undefined, registry);
    createLot(draft);
    const [first] = draft.table.entries;
    expect(draft.table.run.audience({ party: null, roles: [] }, secretEntryOf(first!), PART.sig)).toBe(false);
  });

  it('stays open when another part is not shown either: that check is not one that lacks him alone', () => {
    const ballot = seqOf('committee.elect-chair');
    const judge = judgeOf(ballot + 1, (entry) =>
      entry.header.seq === ballot
        ? { ...entry, parts: Object.fromEntries(Object.entries(entry.parts).filter(([name]) => name !== 'x:ballot')) }
        : entry,
    );
    expect(judge.latest.unnamed?.checks).toEqual(['certificates', 'bindings', 'names']);
  });

  it('is not vouched for by an attestation that the node did not sign', () => {
    const forged = ({ header, parts }: SentEntry): SentEntry => {
      if (header.seq !== attested) return { header, parts };
      const { salt, text } = parts[PART.who]!;
      const opening = { salt, text: canonicalText({ ...(parseCanonical(text) as Record<string, string>), signature: 'A'.repeat(86) }) };
      const who = profile.commitment(salt, opening.text);
      return { header: { ...header, parts: { ...header.parts, who } }, parts: { ...parts, who: opening } };
    };
    const judge = judgeOf(attested + 1, forged);
    expect(judge.latest.faults.map(({ check }) => check)).toContain('signatures');
    expect([judge.run.state.committee.keys[keyOfFirst()]?.attestedAt, judge.attests(keyOfFirst())]).toEqual([expect.any(String), false]);
    expect(judge.unjudged).toBe(first);
  });

  it('is wrong when another key signed it', () => {
    const other = play.table.sent.find(({ header }) => header.seq > first && Object.hasOwn(header.parts, PART.sig))!.parts[PART.sig]!;
    const judge = judgeOf(first + 1, (entry) => {
      if (entry.header.seq !== first) return entry;
      const sig = profile.commitment(other.salt, other.text);
      return { header: { ...entry.header, parts: { ...entry.header.parts, sig } }, parts: { ...entry.parts, sig: other } };
    });
    expect(judge.latest.faults.map(({ check, seq }) => [check, seq])).toEqual([['signatures', first]]);
  });
});
