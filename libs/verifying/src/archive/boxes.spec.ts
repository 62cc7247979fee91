import type { Archive, ArchivedBlob } from '@app/archive';
import { view } from '@app/evaluation';
import { TV_E2E_02 } from '@app/testing/lots';
import type { Desk, Play } from '@app/testing/play';
import { at, decryptAndOpen, decryptBid, extractBid, releaseKeys, startOpening } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { CheckResult } from '../findings.js';
import { checkBoxes } from './boxes.js';
import { noticesOf } from './notices.js';

const blobOf = (bytes: Uint8Array): ArchivedBlob => ({
  size: bytes.length,
  crc: 0,
  read: (from, to) => Promise.resolve(bytes.slice(from, to)),
});

/** What the verifier says of the bids as they were delivered, or as `change` leaves the bytes of the first one. */
async function judged(play: Play, change?: (bytes: Uint8Array) => Uint8Array, state = play.table.state): Promise<CheckResult | undefined> {
  return (await checked(play, change, state)).results.find(({ id }) => id === 'bids');
}
function checked(
  { table, desks }: Play,
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
  state = table.state,
): ReturnType<typeof checkBoxes> {
  const files = desks.map(({ made }, index): [string, ArchivedBlob] => {
    const bytes = made?.ciphertext ?? new Uint8Array();
    return [made?.manifest.ciphertext.hash ?? '', blobOf(index === 0 ? change(bytes) : bytes)];
  });
  const archive: Pick<Archive, 'blobs'> = { blobs: new Map(files) };
  return checkBoxes(archive, state, table.profile, new Map(files.map(([hash]) => [hash, hash])));
}

function opening(): { play: Play; first: Desk; others: readonly Desk[] } {
  const play = at(TV_E2E_02, 'locked');
  startOpening(play);
  const [first, ...others] = play.desks;
  if (first === undefined) throw new Error('no bid');
  return { play, first, others };
}

/** A main venue that lies about what it found in the bytes. */
function fail({ table }: Play, { made }: Desk, code: string): void {
  const payload = { bid: made?.bid ?? '', result: 'FILE_CORRUPT', fault: 'BIDDER', explanation: '文件损坏' };
  table.act('node:main', 'opening.fail-bid', payload, { facts: { fault: { code, message: 'the file is broken' } } });
}

describe('a bid that somebody calls broken', () => {
  it('SEC-3 is opened again: an intact one that was thrown out is a FAIL that names the bidder', async () => {
    const { play, first, others } = opening();
    releaseKeys(play);
    for (const desk of [first, ...others]) extractBid(play, desk);
    decryptBid(play, first);
    fail(play, first, 'PART');
    for (const desk of others) decryptAndOpen(play, desk);
    expect(await judged(play)).toMatchObject({
      verdict: 'FAIL',
      wrong: 1,
      first: { where: expect.stringMatching(/^bid of bidder-\d$/), reason: expect.stringContaining('it opens') },
    });
    // Whoever is not shown the bidder's key cannot say so, and does not.
    const unseen = view(play.table.state, { party: 'tenderer', roles: [] });
    expect(await judged(play, undefined, unseen)).toMatchObject({ verdict: 'NOT VISIBLE' });
  });

  it('SEC-3 is a FAIL too when it was thrown out before anybody could have seen its inside', async () => {
    const { play, first } = opening();
    releaseKeys(play);
    fail(play, first, 'BODY');
    expect(await judged(play)).toMatchObject({
      verdict: 'FAIL',
      first: { reason: expect.stringContaining('before its bidder gave the key') },
    });
  });

  it('SEC-3 is a FAIL too when two people call it the platform’s fault, although its bidder gave the key and it opens', async () => {
    const { play, first } = opening();
    releaseKeys(play);
    extractBid(play, first);
    decryptBid(play, first);
    const { table } = play;
    table.waitUntil(table.state.opening.decryptUntil ?? '');
    const finding = { bid: first.made?.bid ?? '', result: 'PLATFORM_ERROR', fault: 'PLATFORM', explanation: '平台故障' };
    table.act('agency', 'opening.record-finding', finding);
    table.act('witness-main', 'opening.countersign-finding', { finding: table.state.opening.findings[finding.bid]?.id ?? '' });
    expect(await judged(play)).toMatchObject({ verdict: 'FAIL', wrong: 1, first: { reason: expect.stringContaining('it opens') } });
    expect(noticesOf(table.state, [])).toContainEqual(
      expect.stringMatching(
        /^bid not opened 未解密: .*, PLATFORM_ERROR, fault PLATFORM: 平台故障 \(found by agency, countersigned by witness-main\)$/,
      ),
    );
  });

  it('is rightly thrown out when its bytes do not open, and not visible while keys are missing', async () => {
    const { play, first } = opening();
    releaseKeys(play);
    fail(play, first, 'BODY');
    const { state } = play.table;
    const disclosed = Object.fromEntries(Object.entries(state.disclosed).filter(([key]) => !key.endsWith('/x:private-key')));
    expect(await judged(play, undefined, { ...state, disclosed })).toMatchObject({ verdict: 'NOT VISIBLE' });
    const broken = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte));
    expect(await judged(play, broken)).toMatchObject({ verdict: 'PASS', wrong: 0 });
    const { table } = play;
    const told = async (change?: typeof broken, of = table.state): Promise<string | undefined> => {
      const { retested } = await checked(play, change, of);
      return noticesOf(of, [], { bids: retested, isDecidedAgain: () => true }).find((line) => line.startsWith('bid not opened'));
    };
    expect(await told(broken)).toMatch(/FILE_CORRUPT, fault BIDDER: .+; tested again, it does not open: [A-Z_]+: .+$/);
    expect(await told()).toMatch(/; tested again, what can be opened of it is whole$/);
    expect(await told(broken, { ...state, disclosed })).toMatch(/; not tested again: its keys are not shown here$/);
  });
});
