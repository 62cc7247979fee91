import type { ActReceipt, Archive } from '@app/archive';
import { canonicalText } from '@app/contracts';
import { signWith } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import { type Play, seat, untilLocked } from '@app/testing/play';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyReceipt } from '../src/index.js';
import { archiveOf } from './support/archived.js';
import { Certified, INSTALLATION } from './support/certified.js';

/** The receipt of a lot's third delivery, as an honest main venue gives it to whoever acted. */
let keys: Certified;
let play: Play;
let archive: Archive;
let good: ActReceipt;
const PLACE = 5;

beforeAll(async () => {
  keys = await Certified.of(TV_E2E_01);
  play = seat(TV_E2E_01, 1, undefined, keys);
  untilLocked(play);
  archive = archiveOf(play, keys);
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
