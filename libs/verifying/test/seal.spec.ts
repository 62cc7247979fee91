import { readArchive, zTrust, type ArchivedEntry } from '@app/archive';
import { canonicalText, PART, parseCanonical, toHex, type JsonObject, type SentEntry, type Trust, type VisibleEntry } from '@app/contracts';
import { LotRun, secretEntryOf, witnessRules } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { TreeHasher } from '@app/ledger';
import { bytesAsSource } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import {
  LotJudge,
  type EntryOutcome,
  type Verdict,
  Judging,
  judgeOf,
  readHead,
  type ReadHead,
  sealOf,
  type AnchorState,
  type Seal,
} from '@app/verifying';
import { describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';

// Each of these judges a whole lot with all its signatures.
jest.setTimeout(60_000);

/** A whole lot as a demonstration under engine 0.2.0 left it, with real signatures of everybody. */
const FOLDER = new URL('../../../tools/verify/fixtures/0.2.0/', import.meta.url);
const profile = profileOf('gp-std-1');
const shelf = await openCheckedShelf();
const archive = await readArchive(bytesAsSource(Uint8Array.from(readFileSync(new URL('TV-E2E-01.zip', FOLDER)))));
const trust = zTrust.parse(JSON.parse(readFileSync(new URL('trust.json', FOLDER), 'utf8')));

const read = ({ header, parts }: ArchivedEntry): VisibleEntry => ({
  header,
  parts: Object.fromEntries(Object.entries(parts).map(([name, { text }]) => [name, parseCanonical(text)])),
});
const visible = archive.entries.map(read);
const run = visible.reduce((before, entry) => before.next(entry), LotRun.begin(shelf, archive.head, shelf.find(archive.head.engine)));
const sent: readonly SentEntry[] = archive.entries.map(({ header, parts }) => ({ header, parts }));

/** A checkpoint over two entries that the log signed and all its witnesses cosigned. */
const HEAD: ReadHead = {
  origin: archive.head.origin,
  checkpoint: '',
  size: 2,
  root: '',
  isSigned: true,
  cosigned: ['a', 'b', 'c'],
  quorum: 2,
  witnesses: 3,
  isWitnessed: true,
  witnessedAtMs: Date.parse('2026-03-24T01:30:00.000Z'),
};

/** What the venue sends to a reader of the whole lot; null: the public. */
const sentTo = (party: string | null): SentEntry[] =>
  sent.map(({ header, parts }, seq) => {
    const entry = secretEntryOf(visible[seq]!);
    return { header, parts: Object.fromEntries(Object.entries(parts).filter(([part]) => run.audience({ party, roles: [] }, entry, part))) };
  });

/** Every seal of a log on a device that believes `anchors`. */
async function seals(
  entries: readonly SentEntry[],
  anchors: Trust | null = trust,
  state: AnchorState = anchors === null ? 'none' : 'pinned',
) {
  const judge = new LotJudge({ ...archive.head, profile, shelf, anchors });
  const judging = new Judging(
    judge,
    new TreeHasher(profile.hash),
    () => entries,
    () => undefined,
  );
  await judging.run();
  const logKey = (anchors ?? trust).logKey;
  const head = readHead(
    judgeOf(profile, archive.head.origin, logKey),
    archive,
    { policy: witnessRules(run.state).policy, isDegraded: false },
    anchors?.policy ?? null,
    Date.now(),
  );
  return entries.map(({ header }): Seal => sealOf(header.seq, judging, head, state));
}
const statesOf = async (...asked: Parameters<typeof seals>): Promise<Set<string>> =>
  new Set((await seals(...asked)).map(({ state }) => state));
const at = (type: string): number => sent.findIndex(({ header }) => header.type === type);
const checkOf = (seal: Seal | undefined, name: string): string | undefined => seal?.checks.find(([check]) => check === name)?.[1];

/** An entry with a part written anew, honestly committed to. */
function rewritten({ header, parts }: SentEntry, name: string, change: (content: JsonObject) => JsonObject): SentEntry {
  const { salt, text } = parts[name]!;
  const opening = { salt, text: canonicalText(change(parseCanonical(text) as JsonObject)) };
  const commitment = profile.commitment(opening.salt, opening.text);
  return { header: { ...header, parts: { ...header.parts, [name]: commitment } }, parts: { ...parts, [name]: opening } };
}

describe('the seals of an honest lot', () => {
  it('SEC-10 are all green for a reader who was given everything, once the keys are pinned', async () => {
    expect(await statesOf(sentTo('supervisor'))).toEqual(new Set(['verified']));
  });

  it('SEC-10 are amber while nobody compared the keys, and say so', async () => {
    const [first] = await seals(sent, null);
    expect(await statesOf(sent, null)).toEqual(new Set(['unverified']));
    expect([checkOf(first, 'anchors'), checkOf(first, 'certificates'), checkOf(first, 'signatures')]).toEqual([
      'unanchored',
      'unanchored',
      'pass',
    ]);
  });

  it.each([null, 'expert-1', 'agency', 'bidder-1'])('SEC-10 are neither green nor red of what %s cannot see', async (party) => {
    const found = await seals(sentTo(party));
    expect(new Set(found.map(({ state }) => state)).has('broken')).toBe(false);
    for (const { state, checks, after } of found)
      if (after.unjudged !== null || checks.some(([, verdict]) => verdict === 'not-visible')) expect(state).toBe('partial');
    expect(found.at(-1)).toMatchObject({ state: 'partial' });
  });

  it('SEC-10 are red when the venue names other keys than those pinned', async () => {
    expect(await statesOf(sent, trust, 'changed')).toEqual(new Set(['broken']));
  });

  it('SEC-10 are red where a node signed by another key than the pinned one', async () => {
    const other = { ...trust, nodeKeys: { ...trust.nodeKeys, 'node:sub-1': profile.generateSigner('node').publicKey } };
    const found = await seals(sent, other);
    const seq = found.findIndex(({ state }) => state === 'broken');
    expect(visible[seq]?.parts['command']).toMatchObject({ command: { actor: { party: 'node:sub-1' } } });
    expect(found[seq]?.wrong).toMatchObject({ seq, detail: expect.stringContaining(`entry ${seq} `) as unknown });
  });
});

describe('a venue that lies to the browser', () => {
  /** As a reader of the open lot finds it: everything after the lie is gone, the head is older. */
  const until = (seq: number, lie: SentEntry): SentEntry[] => [...sent.slice(0, seq), lie];

  it('SEC-10 an award that nobody signed is red at once, and its sentence names the entry', async () => {
    const seq = at('award.decide');
    const { header, parts } = rewritten(sent[at('award.announce')]!, PART.who, (who) => ({ ...who, signature: 'A'.repeat(86) }));
    const invented = { header: { ...header, seq }, parts };
    const found = (await seals(until(seq, invented))).at(-1);
    expect([found?.state, checkOf(found, 'signatures'), checkOf(found, 'decide')]).toEqual(['broken', 'fail', 'fail']);
    expect(found?.wrong).toMatchObject({
      seq,
      check: 'signatures',
      detail: expect.stringContaining(`entry ${seq} (award.announce)`) as unknown,
    });
  });

  it('SEC-10 an act under a signature of somebody else is red', async () => {
    const seq = at('award.announce');
    const other = parseCanonical(sent[at('award.publish-candidates')]!.parts[PART.who]!.text) as JsonObject;
    const lie = rewritten(sent[seq]!, PART.who, (who) => ({ ...who, signature: other['signature']! }));
    const found = (await seals(until(seq, lie))).at(-1);
    expect([found?.state, checkOf(found, 'signatures')]).toEqual(['broken', 'fail']);
  });

  it('SEC-10 nothing that rests on a lie is green, and nothing before it is red', async () => {
    const seq = at('opening.start');
    const lie = rewritten(sent[seq]!, PART.command, (content) => ({
      ...content,
      context: { ...(content['context'] as JsonObject), at: archive.entries[0]!.header.at },
    }));
    const found = await seals([...sent.slice(0, seq), lie, ...sent.slice(seq + 1)]);
    expect(found[seq]?.state).toBe('broken');
    expect(found.slice(seq + 1).filter(({ state }) => state === 'verified' || state === 'partial')).toEqual([]);
    expect(found.at(-1)?.after.wrong).toBe(seq);
  });

  it('SEC-10 who hides the signer or a shaping part makes nothing green', async () => {
    const seq = at('award.decide');
    for (const hidden of [PART.who, 'x:decision']) {
      const { header, parts } = sent[seq]!;
      const cut = { header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => name !== hidden)) };
      const found = await seals([...sent.slice(0, seq), cut, ...sent.slice(seq + 1)]);
      expect([found[seq]?.state, found[seq - 1]?.state, found.at(-1)?.state]).toEqual(['partial', 'verified', 'partial']);
      expect(found.at(-1)?.after.unjudged).toBe(seq);
    }
  });
});

describe('the seal of a signer whose name is secret', () => {
  const LACKING = ['parts', 'certificates', 'bindings', 'names'];
  const KEY = 'a key of the lot';
  const leaves = [0, 1].map((seq) => new TreeHasher(profile.hash).leaf(Uint8Array.of(seq)));
  /** A judge of two entries who was shown everything but who signed the first, and what `more` says. */
  const sealWith = (isAttested: boolean, more: Readonly<Record<string, Verdict>> = {}, seq = 0): Seal => {
    const checks: Record<string, Verdict> = { ...Object.fromEntries(LACKING.map((name) => [name, 'NOT VISIBLE'])), signatures: 'PASS' };
    const judging = {
      size: 2,
      wrong: null,
      unjudged: isAttested ? null : 0,
      outcomeOf: (at: number): EntryOutcome =>
        at === 0
          ? { checks: { ...checks, ...more }, faults: [], isJudged: true, unnamed: { key: KEY, checks: LACKING } }
          : { checks: { signatures: 'PASS' }, faults: [], isJudged: true, unnamed: null },
      attests: (key: string) => isAttested && key === KEY,
      leafHash: (at: number) => leaves[at]!,
      rootOf: () => leaves[0]!,
    };
    const head = { ...HEAD, root: toHex(leaves[0]!) };
    return sealOf(seq, judging, head, 'pinned');
  };

  it('is green with a mark and words of its own once the key is attested, and so is what rests on it', () => {
    const found = sealWith(true);
    expect([found.state, ...LACKING.map((name) => checkOf(found, name)), checkOf(found, 'signatures')]).toEqual([
      'unnamed',
      ...LACKING.map(() => 'unnamed'),
      'pass',
    ]);
    expect(sealWith(true, {}, 1).state).toBe('verified');
  });

  it('is not green before, nor when anything else was not shown', () => {
    expect([sealWith(false).state, checkOf(sealWith(false), 'bindings')]).toEqual(['partial', 'not-visible']);
    expect(sealWith(false, {}, 1)).toMatchObject({ state: 'partial', after: { unjudged: 0 } });
    expect(sealWith(true, { decide: 'NOT VISIBLE' }).state).toBe('partial');
    expect(sealWith(true, { signatures: 'FAIL' }).state).toBe('broken');
  });
});

describe('judging behind the page', () => {
  it('gives the page a turn in between, goes on with what came meanwhile, and ends when it is closed', async () => {
    const entries = [...sent.slice(0, 6)];
    const told: number[] = [];
    let nowMs = 0;
    const judge = new LotJudge({ ...archive.head, profile, shelf, anchors: null });
    const sut: Judging = new Judging(
      judge,
      new TreeHasher(profile.hash),
      () => entries,
      () => told.push(sut.size),
      () => {
        if (entries.length === 6) entries.push(sent[6]!);
        if (told.length === 5) sut.close();
        return Promise.resolve();
      },
      () => (nowMs += 6),
    );
    await Promise.all([sut.run(), sut.run()]);
    expect(told).toEqual([1, 2, 3, 4, 5]);
    expect([sut.outcomeOf(4)?.isJudged, sut.outcomeOf(5)]).toEqual([true, null]);
  });
});
