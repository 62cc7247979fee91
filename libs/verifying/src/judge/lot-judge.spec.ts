import type { JsonObject, Opening, SentEntry, VisibleEntry } from '@app/contracts';
import { canonicalText, PART, parseCanonical } from '@app/contracts';
import { attesterOf, deemedFrom, LotRun, secretEntryOf } from '@app/evaluation';
import { profileOf } from '@app/sealing';
import { SEPARATED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at,
  decideAward,
  drawnBeforeTheBids,
  type Play,
  playToTheEnd,
  publishCandidates,
  reportedWithADifference,
  reportedWithAnOutlier,
  seat,
  seatOf,
  startOpening,
  voteOnAward,
} from '@app/testing/play';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { LotJudge } from './lot-judge.js';

const zSkeleton = z.object({ events: z.array(z.record(z.string(), z.json())) });

/** Sites with a keeper; the main venue judges with everything. */
const KEEPERS = ['node:sub-1', 'node:sub-2', 'node:supervision'];

/** The lot after each of its entries. */
function runsOf({ table }: Play): LotRun[] {
  let run = LotRun.begin(table.shelf, table.run.state, table.founding);
  return table.entries.map((entry) => (run = run.next(entry)));
}

function judgeFor({ table }: Play, reader: string): LotJudge {
  const { origin, lot, round } = table.state;
  const { installation, profile, shelf } = table;
  return new LotJudge({ installation, origin, lot, round, profile, shelf, anchors: null, reader });
}

/** An entry as the main venue sends it to a reader while the lot stands as `run` says. */
function sentTo(reader: string, run: LotRun, entry: VisibleEntry, sent: SentEntry): SentEntry {
  const viewer = { party: reader, roles: [...(run.state.parties[reader]?.roles ?? [])] };
  const parts = Object.entries(sent.parts).filter(([part]) => run.audience(viewer, secretEntryOf(entry), part));
  return { header: sent.header, parts: Object.fromEntries(parts) };
}

/** The judge of a reader who was sent the first `size` entries, cut as the lot stood then. */
function judged(play: Play, runs: readonly LotRun[], reader: string, size: number): LotJudge {
  const run = runs[size - 1]!;
  const judge = judgeFor(play, reader);
  for (const [seq, entry] of play.table.entries.slice(0, size).entries()) judge.take(sentTo(reader, run, entry, play.table.sent[seq]!));
  return judge;
}

const decided = (judge: LotJudge) => judge.results().find(({ id }) => id === 'decide')!;

/** By purpose, the first entry with which a keeper released its key. */
function releases({ table }: Play): Map<string, number> {
  const found = new Map<string, number>();
  for (const { header, parts } of table.entries) {
    if (header.type !== 'sealing.release') continue;
    const { command } = parts[PART.command] as { command: { public: { purpose: string } } };
    if (!found.has(command.public.purpose)) found.set(command.public.purpose, header.seq);
  }
  return found;
}

describe.each([
  [TV_E2E_01, 'B'],
  [TV_E2E_02, 'C'],
] as const)('what the keepers of $id may see', (plan, winner) => {
  const play = seat(plan);
  let runs: LotRun[];
  beforeAll(() => {
    playToTheEnd(play, winner);
    runs = runsOf(play);
  });

  it.each(KEEPERS)('lets %s judge, in time, everything that its releases rest on', (keeper) => {
    const { bids, sheets } = play.table.state.setup.keepers;
    const due = [...releases(play)].filter(([purpose]) => (purpose === 'bids' ? bids : sheets).parties.includes(keeper));
    expect(due.map(([purpose]) => purpose)).toEqual(expect.arrayContaining(['draw', 'review', 'scores:commercial', 'scores:technical']));
    for (const [purpose, seq] of due) {
      const judge = judged(play, runs, keeper, seq);
      expect([purpose, judge.standing.held, decided(judge).wrong]).toEqual([purpose, null, 0]);
      expect(judge.run.owed(keeper).some(({ command, subject }) => command === 'sealing.release' && subject === purpose)).toBe(true);
    }
  });
});

describe.each([
  [TV_E2E_01, 'B'],
  [TV_E2E_02, 'C'],
] as const)('what the opening trustees of $id may see', (plan, winner) => {
  const play = seat(plan);
  let runs: LotRun[];
  beforeAll(() => {
    playToTheEnd(play, winner);
    runs = runsOf(play);
  });

  it.each(['tenderer', 'agency', 'supervisor'])(
    'SEC-2 lets %s judge, in time, everything that the release of the bids rests on',
    (trustee) => {
      const seq = releases(play).get('bids') ?? -1;
      const judge = judged(play, runs, trustee, seq);
      expect([judge.standing.held, decided(judge).wrong]).toEqual([null, 0]);
      expect(judge.run.owed(trustee).filter(({ command }) => command === 'sealing.release')).toEqual([
        expect.objectContaining({ subject: 'bids' }),
      ]);
    },
  );
});

/** Acts that sites cannot judge whole: what shapes them is for fewer readers. Each lot goes on to something that its keepers must judge. */
describe.each<[string, () => Play]>([
  [
    'candidates whose totals are not public, and a vote on them',
    () => {
      const play = at(SEPARATED, 'reported');
      voteOnAward(play);
      return play;
    },
  ],
  [
    'a purchaser who decided nothing in time',
    () => {
      const play = at(TV_E2E_02, 'aggregated');
      const { table } = play;
      table.act('node:main', 'report.generate');
      const report = table.state.report.generated?.hash ?? '';
      for (const member of TV_E2E_02.members) table.act(member, 'report.sign', { report, mode: 'SIGNED' });
      table.waitUntil(deemedFrom(table.state) ?? '');
      table.act('node:main', 'award.deem-decided');
      return play;
    },
  ],
  [
    'a winner who gave up and was passed over',
    () => {
      const play = at(TV_E2E_01, 'reported');
      const { table } = play;
      publishCandidates(play);
      decideAward(play, 'B');
      table.act('tenderer', 'award.announce');
      table.act('bidder-2', 'award.give-up', { cause: 'GIVES_UP' }, { secrets: { statement: { text: '放弃' } } });
      table.act('tenderer', 'award.pass-over', { cause: 'GIVES_UP', reason: '自行放弃' });
      return play;
    },
  ],
  [
    'a member who was recused when the bidders were known',
    () => {
      const play = drawnBeforeTheBids();
      startOpening(play);
      play.table.act('node:main', 'committee.recuse');
      return play;
    },
  ],
  [
    'cells that the rules opened again',
    () => {
      const play = reportedWithADifference();
      play.table.act('supervisor', 'scoring.reopen', { reason: '复核' });
      return play;
    },
  ],
  [
    'an outlier that the committee recognised',
    () => {
      const play = reportedWithAnOutlier();
      const outlier = { part: 'technical', member: 'expert-4', bidder: 'bidder-1', reason: '畸低' };
      for (const member of TV_E2E_01.members.slice(0, 3)) play.table.act(member, 'scoring.recognise-outlier', {}, { secrets: { outlier } });
      return play;
    },
  ],
])('a lot with %s', (_name, make) => {
  let play: Play;
  let runs: LotRun[];
  beforeAll(() => {
    play = make();
    runs = runsOf(play);
  });

  it.each(KEEPERS)('keeps %s from no release', (keeper) => {
    const judge = judged(play, runs, keeper, play.table.entries.length);
    expect([judge.standing.held, decided(judge).wrong]).toEqual([null, 0]);
  });
});

const zActing = z.object({ command: z.object({ actor: z.object({ party: z.string() }) }) });

/** Does this site know who signed the entry? */
const sees = (keeper: string, runs: readonly LotRun[], entry: VisibleEntry): boolean =>
  runs[entry.header.seq]!.audience({ party: keeper, roles: ['node'] }, secretEntryOf(entry), PART.who);

/** The entry with another signature of the lot's key, honestly committed to, or with none. */
function withSignature({ header, parts }: SentEntry, sig: Opening | null): SentEntry {
  const { sig: _before, ...others } = parts;
  const { sig: _named, ...names } = header.parts;
  if (sig === null) return { header: { ...header, parts: names }, parts: others };
  const commitment = profileOf('gp-std-1').commitment(sig.salt, sig.text);
  return { header: { ...header, parts: { ...names, sig: commitment } }, parts: { ...others, sig } };
}

it('SEC-2 holds no keys for a member whose key nobody attested, once he was replaced', () => {
  const play = at(TV_E2E_01, 'drawn');
  const { table } = play;
  table.act('expert-1', 'committee.sign-in', seatOf(play, 'expert-1'), { assurance: 'session' });
  const signedIn = table.state.size - 1;
  const elsewhere = KEEPERS.find(
    (keeper) => keeper !== attesterOf(table.state, 'expert-1') && !sees(keeper, runsOf(play), table.entries.at(-1)!),
  )!;
  expect(judged(play, runsOf(play), elsewhere, table.state.size).standing.held).toBe(signedIn);
  table.act('supervisor', 'committee.replace-member', { member: 'expert-1', cause: 'VIOLATION', reason: '违反纪律' });
  expect(judged(play, runsOf(play), elsewhere, table.state.size).standing.held).toBeNull();
});

describe('a main venue that writes more into an entry than was asked', () => {
  const play = seat(TV_E2E_01);
  let runs: LotRun[];
  beforeAll(() => {
    playToTheEnd(play, 'B');
    runs = runsOf(play);
  });

  /** The entry with other events in its skeleton, honestly committed to. */
  function altered(seq: number, change: (events: JsonObject[]) => JsonObject[]): SentEntry {
    const { header, parts } = play.table.sent[seq]!;
    const { events } = zSkeleton.parse(parseCanonical(parts[PART.skeleton]!.text));
    const skeleton: Opening = { salt: parts[PART.skeleton]!.salt, text: canonicalText({ events: change(events) }) };
    const commitment = play.table.profile.commitment(skeleton.salt, skeleton.text);
    return { header: { ...header, parts: { ...header.parts, skeleton: commitment } }, parts: { ...parts, skeleton } };
  }
  const firstOf = (type: string): number => play.table.entries.findIndex(({ header }) => header.type === type);

  /** What a site's judge, who has judged everything before, makes of the entry. */
  function told(keeper: string, seq: number, entry: SentEntry) {
    const judge = judged(play, runs, keeper, seq);
    judge.take(sentTo(keeper, runs[seq]!, play.table.entries[seq]!, entry));
    return decided(judge);
  }

  it('SEC-2 is found by every site when the first sheet brings those of all other members along', () => {
    const seq = firstOf('scoring.submit-sheet');
    const others = ['expert-2', 'expert-3', 'expert-4', 'representative-1'];
    const entry = altered(seq, (events) => [...events, ...others.map((member) => ({ ...events.at(-1), member }))]);
    for (const keeper of KEEPERS) expect(told(keeper, seq, entry)).toMatchObject({ verdict: 'FAIL', first: { seq } });
  });

  it('SEC-2 is found too when an entry that sites cannot judge whole makes what none of its kind makes', () => {
    // The last vote of the round: what comes of it only members and supervision judge.
    const seq = play.table.entries.findLastIndex(({ header }) => header.type === 'committee.elect-chair');
    const lie = { type: 'review.sheet-submitted', member: 'expert-1', manifest: {} };
    const found = told(
      'node:sub-1',
      seq,
      altered(seq, (events) => [...events, lie]),
    );
    expect(found).toMatchObject({ verdict: 'FAIL', first: { seq } });
    expect(found.first?.reason).toContain('review.sheet-submitted');
  });

  const signatures = (judge: LotJudge): number => judge.results().find(({ id }) => id === 'signatures')!.wrong;
  const memberOf = (entry: VisibleEntry): string => zActing.parse(entry.parts[PART.command]).command.actor.party;

  it.each(KEEPERS)('SEC-2 a member’s act that his key of the lot did not sign is found by %s, who does not know him', (keeper) => {
    const unknown = play.table.entries.filter(({ header }) => header.type === 'scoring.submit-sheet');
    const seq = unknown.find((entry) => !sees(keeper, runs, entry))!.header.seq;
    const honest = play.table.sent[seq]!;
    const other = play.table.sent.find(({ header }) => header.seq > seq && header.parts[PART.sig] !== undefined)!;
    const judge = judged(play, runs, keeper, seq);
    const before = signatures(judge);
    for (const [sig, wrong] of [
      [honest.parts[PART.sig]!, 0],
      [other.parts[PART.sig]!, 1],
      [null, 1],
    ] as const) {
      const again = judged(play, runs, keeper, seq);
      again.take(sentTo(keeper, runs[seq]!, play.table.entries[seq]!, withSignature(honest, sig)));
      expect(signatures(again) - before).toBe(wrong);
    }
  });

  it.each(KEEPERS)('SEC-2 what an invented key signed is held back by %s until the node of the seat attests the key', (keeper) => {
    const signIns = play.table.entries.filter(({ header }) => header.type === 'committee.sign-in');
    const { header } = signIns.find((entry) => attesterOf(play.table.state, memberOf(entry)) !== keeper && !sees(keeper, runs, entry))!;
    const attested = play.table.entries.find(({ header: { seq, type } }) => seq > header.seq && type === 'committee.attest-key')!.header
      .seq;
    expect(judged(play, runs, keeper, header.seq).standing.held).toBeNull();
    for (let size = header.seq + 1; size <= attested; size += 1) expect(judged(play, runs, keeper, size).standing.held).toBe(header.seq);
    expect(judged(play, runs, keeper, attested + 1).standing.held).toBeNull();
  });

  it('SEC-2 holds the keys when nothing says who acted', () => {
    const { entries, sent } = play.table;
    const seq = entries.findIndex(({ header }) => header.type === 'lot.publish');
    const judge = judged(play, runs, 'node:sub-1', seq);
    const { header, parts } = sent[seq]!;
    judge.take({ header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => name !== PART.who)) });
    expect(judge.standing.held).toBe(seq);
  });

  it.each(['x:acts', 'd:list'])('SEC-2 holds the keys from the list on while %s of the lock is withheld from the site', (part) => {
    const [lock, list] = [firstOf('bidding.lock'), firstOf('opening.publish-list')];
    const judge = judgeFor(play, 'node:sub-1');
    const held: (number | null)[] = [];
    for (const [at, entry] of play.table.entries.slice(0, list + 1).entries()) {
      const { header, parts } = sentTo('node:sub-1', runs[list]!, entry, play.table.sent[at]!);
      judge.take({ header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => name !== part)) });
      held.push(judge.standing.held);
    }
    expect(held.slice(0, list)).toEqual(Array.from({ length: list }, () => null));
    expect(held[list]).toBe(part === 'x:acts' ? lock : list);
  });
});
