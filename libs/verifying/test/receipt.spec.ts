import type { ActReceipt, Archive } from '@app/archive';
import { writeArchive } from '@app/archive';
import { NODE_DIGESTS } from '@app/archive/node';
import { canonicalText } from '@app/contracts';
import { EngineShelf, type RecordedAct } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { signWith } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import { AS_RELEASED, lockSecrets, type Play, seat, untilLocked } from '@app/testing/play';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyArchive, verifyReceipt } from '../src/index.js';
import { archiveOf, sealedAs } from './support/archived.js';
import { Certified, INSTALLATION } from './support/certified.js';
import { Forger } from './support/forger.js';
import { platformOf } from './support/platform-log.js';

/** The receipt of a lot's third delivery, as an honest main venue gives it to whoever acted. */
let keys: Certified;
let play: Play;
let archive: Archive;
let good: ActReceipt;
const PLACE = 5;
const DEADLINE = '2026-03-24T01:30:00.000Z';
const built = await openCheckedShelf();
/** The rules of these sources as if they were released. */
const shelf = new EngineShelf([...built.all.filter(({ hash }) => hash !== null), AS_RELEASED]);

beforeAll(async () => {
  keys = await Certified.of(TV_E2E_01);
  play = seat(TV_E2E_01, 1, { shelf, founding: shelf.newest }, keys);
  untilLocked(play);
  // Nobody but the bidders has the ciphertexts until the list is published.
  archive = { ...archiveOf(play, keys), blobs: new Map() };
  const { platform, ...act } = play.acts[PLACE]!;
  const { commitment, ...stands } = archive.acts[PLACE]!;
  good = signed({
    receipt: { v: 1, origin: `${INSTALLATION}/platform`, id: act.command.id, commitment, at: act.at },
    signature: '',
    key: '',
    profile: 'gp-std-1',
    proof: { ...stands, checkpoint: archive.platformCheckpoint ?? '' },
    opening: { salt: platform.salt, text: canonicalText(act) },
  });
}, 120_000);

function signed(receipt: ActReceipt, signer = keys.profile.generateSigner()): ActReceipt {
  return { ...receipt, key: signer.publicKey, signature: signWith(signer, 'receipt', receipt.receipt) };
}
const judged = (receipt: unknown, trust: typeof keys.trust | null = keys.trust) => verifyReceipt(receipt, trust);
const verdicts = (receipt: unknown, trust: typeof keys.trust | null = keys.trust): Record<string, string> =>
  Object.fromEntries(judged(receipt, trust).checks.map(({ id, verdict }) => [id, verdict]));

describe('the receipt of an act before the deadline (回执)', () => {
  it('A-100 A-101 proves without the venue that the bidder’s own act was committed to before witnesses', () => {
    const report = judged(good);
    expect([report.verdict, report.exit, report.missing]).toEqual(['PASS', 0, null]);
    expect(report.notices.join('; ')).toContain(`${play.acts[PLACE]!.command.type}, lot ${play.table.lot} round 1`);
    expect(report.notices.join('; ')).toContain(`platform entry ${String(archive.acts[PLACE]!.batch)}`);
  });

  it('is the venue’s word alone before a witnessed head covers the act, and says nothing of the act to whoever was not given it', () => {
    expect(judged({ ...good, proof: null })).toMatchObject({ verdict: 'INCOMPLETE', missing: expect.stringContaining('take it again') });
    const { salt: _, ...others } = verdicts({ ...good, opening: null });
    expect(others).toEqual({ receipt: 'PASS', act: 'NOT VISIBLE', cosignatures: 'PASS', place: 'PASS' });
    expect(judged({ ...good, opening: null }).exit).toBe(3);
  });

  it('believes no witness without a trust file', () => {
    expect(judged(good, null)).toMatchObject({ verdict: 'CONSISTENT, NOT AUTHENTICATED', exit: 2 });
  });

  const act = () => play.acts[PLACE]!;
  const other = () => archive.acts[PLACE + 1]!;
  it.each<[string, string, () => unknown]>([
    ['another time, signed anew', 'act', () => signed({ ...good, receipt: { ...good.receipt, at: '2026-03-01T00:00:00.000Z' } })],
    ['another time, not signed anew', 'receipt', () => ({ ...good, receipt: { ...good.receipt, at: '2026-03-01T00:00:00.000Z' } })],
    ['the commitment of another act', 'act', () => signed({ ...good, receipt: { ...good.receipt, commitment: other().commitment } })],
    [
      'a commitment that the log does not hold',
      'place',
      () => signed({ ...good, receipt: { ...good.receipt, commitment: 'a'.repeat(64) } }),
    ],
    [
      'an act that the venue made up',
      'act',
      () => {
        const { platform, ...kept } = act();
        const text = canonicalText({ ...kept, command: { ...kept.command, public: { ...kept.command.public, bid: '0'.repeat(36) } } });
        const commitment = keys.profile.commitment(platform.salt, text);
        return signed({ ...good, receipt: { ...good.receipt, commitment }, opening: { salt: platform.salt, text } });
      },
    ],
    ['another place in the entry', 'place', () => ({ ...good, proof: { ...good.proof!, index: 1 } })],
    [
      'the entry of another act',
      'place',
      () => {
        const { commitment: _, ...stands } = other();
        return { ...good, proof: { ...stands, checkpoint: good.proof!.checkpoint } };
      },
    ],
    [
      'a path that leads elsewhere',
      'place',
      () => ({ ...good, proof: { ...good.proof!, path: good.proof!.path.map(() => 'b'.repeat(64)) } }),
    ],
    [
      'a head that no witness signed',
      'cosignatures',
      () => {
        const lines = good.proof!.checkpoint.split('\n');
        return { ...good, proof: { ...good.proof!, checkpoint: lines.filter((line) => !line.includes('/witness/')).join('\n') } };
      },
    ],
    [
      'another installation’s platform log',
      'receipt',
      () => signed({ ...good, receipt: { ...good.receipt, origin: 'other.test/platform' } }),
    ],
  ])('FAILs with %s', (_what, check, forged) => {
    const receipt = forged();
    expect(judged(receipt)).toMatchObject({ verdict: 'FAIL', exit: 1 });
    expect(verdicts(receipt)[check]).toBe('FAIL');
  });

  it.each<[string, () => unknown]>([
    ['no object', () => null],
    ['another file', () => ({ v: 1, installation: 'x' })],
    ['a field too many', () => ({ ...good, note: '' })],
    ['a profile that nobody has', () => ({ ...good, profile: 'gp-none-1' })],
  ])('is unreadable: %s', (_what, file) => {
    expect(judged(file())).toMatchObject({ verdict: 'UNREADABLE', exit: 4 });
  });
});

describe('the receipt of an act beside the archive of its lot (--receipt)', () => {
  const beside = async (of: Archive, receipt: unknown) => {
    const tools = { profileFor: () => keys.profile, digests: NODE_DIGESTS, shelf };
    const report = await verifyArchive(writeArchive(of), keys.trust, tools, receipt);
    const found = report.checks.find(({ id }) => id === 'receipted');
    return { verdict: report.verdict, found: found?.verdict, why: found?.first?.reason ?? found?.note ?? report.first?.reason ?? '' };
  };
  const receiptOf = (place: number, { acts, platformCheckpoint }: Pick<Archive, 'acts' | 'platformCheckpoint'>): ActReceipt => {
    const { platform, ...act } = play.acts[place]!;
    const { commitment, ...stands } = acts[place]!;
    return signed({
      ...good,
      receipt: { ...good.receipt, id: act.command.id, commitment, at: act.at },
      proof: { ...stands, checkpoint: platformCheckpoint ?? '' },
      opening: { salt: platform.salt, text: canonicalText(act) },
    });
  };
  const last = (): number => play.acts.length - 1;
  /** A main venue that takes the last act, gives its receipt, and locks the lot otherwise: witnesses cannot know of it. */
  const locked = (lie: (acts: RecordedAct[]) => RecordedAct[]): { lied: Archive; receipt: ActReceipt } => {
    const forger = new Forger(play, keys);
    const seq = forger.find('bidding.lock');
    const acts = lie(play.acts);
    const { head, policy, entries } = forger.write(seq, lockParts(acts)).sign(seq).retell(seq).archive();
    const platform = platformOf(keys, { origin: head.origin, headers: entries.map(({ header }) => header), acts: play.acts }, 'witnessed');
    const shown = { ...platform, acts: platform.acts.slice(0, acts.length) };
    return {
      lied: sealedAs(keys, { head, policy, entries, ...shown, blobs: new Map() }, 'witnessed'),
      receipt: receiptOf(last(), platform),
    };
  };
  const lockParts = (acts: readonly RecordedAct[]) => ({ 'x:acts': lockSecrets(acts).acts });

  it('FMT-1.8 SEC-20 PASSes while the lock brought the act in, whether its holder was given it or not', async () => {
    expect(await beside(archive, good)).toMatchObject({ verdict: 'PASS', found: 'PASS' });
    expect(await beside(archive, { ...good, opening: null })).toMatchObject({ verdict: 'INCOMPLETE', found: 'NOT VISIBLE' });
    expect(await beside(archive, undefined)).toMatchObject({ verdict: 'PASS', found: undefined });
  });

  it('FMT-1.8 SEC-20 FAILs when a main venue left the receipted act out at the lock, though the archive alone PASSes', async () => {
    const { lied, receipt } = locked((acts) => acts.slice(0, -1));
    expect(await beside(lied, undefined)).toMatchObject({ verdict: 'PASS' });
    const found = await beside(lied, receipt);
    expect(found).toMatchObject({ verdict: 'FAIL', found: 'FAIL' });
    expect(found.why).toMatch(/^act \S+, received at \S+ by the receipt, is missing from the acts/);
    // Of which lot it is only its opening says: without it no archive is accused.
    expect(await beside(lied, { ...receipt, opening: null })).toMatchObject({ verdict: 'INCOMPLETE', found: 'NOT VISIBLE' });
  });

  it('FMT-1.8 SEC-20 FAILs when the lock brought the act in as received at another time', async () => {
    const { lied, receipt } = locked((acts) => acts.map((act, place) => (place === last() ? { ...act, at: DEADLINE } : act)));
    const found = await beside(lied, receipt);
    expect(found).toMatchObject({ verdict: 'FAIL', found: 'FAIL' });
    expect(found.why).toContain('otherwise than it was committed to');
  });

  it('says NOT VISIBLE where the lock does not show its acts, and where the archive ends before the lock', async () => {
    const cut = (drops: (name: string) => boolean, size: number): Archive => {
      const entries = archive.entries.slice(0, size).map((entry) => ({
        ...entry,
        parts: Object.fromEntries(Object.entries(entry.parts).filter(([name]) => !drops(name))),
      }));
      return sealedAs(keys, { ...archive, entries }, 'witnessed');
    };
    const { length } = archive.entries;
    expect(
      await beside(
        cut((name) => name === 'x:acts', length),
        good,
      ),
    ).toMatchObject({ verdict: 'INCOMPLETE', found: 'NOT VISIBLE' });
    const lock = archive.entries.findIndex(({ header }) => header.type === 'bidding.lock');
    const early = { ...cut(() => false, lock), acts: [], heads: [], platformCheckpoint: null };
    expect(await beside(early, good)).toMatchObject({ found: 'NOT VISIBLE', why: expect.stringContaining('is not locked') });
  });

  it('FAILs with a receipt that is wrong by itself, and reads none of another lot', async () => {
    const forged = signed({ ...good, receipt: { ...good.receipt, at: '2026-03-01T00:00:00.000Z' } });
    expect(await beside(archive, forged)).toMatchObject({ verdict: 'FAIL', found: 'FAIL' });
    expect(await beside(archive, { v: 1 })).toMatchObject({ verdict: 'UNREADABLE', found: undefined });
    const { platform, ...act } = play.acts[PLACE]!;
    const text = canonicalText({ ...act, command: { ...act.command, lot: 'another' } });
    const other = signed({
      ...good,
      receipt: { ...good.receipt, commitment: keys.profile.commitment(platform.salt, text) },
      opening: { salt: platform.salt, text },
    });
    expect(await beside(archive, other)).toMatchObject({ verdict: 'UNREADABLE', why: expect.stringContaining('is of lot another') });
  });
});
