import type { Archive, ArchivedBlob } from '@app/archive';
import { TV_E2E_02 } from '@app/testing/lots';
import type { Desk, Play } from '@app/testing/play';
import { at, decryptAndOpen, decryptBid, extractBid, releaseKeys, startOpening } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { CheckResult } from '../findings.js';
import { checkBoxes } from './boxes.js';

const blobOf = (bytes: Uint8Array): ArchivedBlob => ({
  size: bytes.length,
  crc: 0,
  read: (from, to) => Promise.resolve(bytes.slice(from, to)),
});

/** What the verifier says of the bids as they were delivered, or as `change` leaves the bytes of the first one. */
async function judged(
  { table, desks }: Play,
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<CheckResult | undefined> {
  const files = desks.map(({ made }, index): [string, ArchivedBlob] => {
    const bytes = made?.ciphertext ?? new Uint8Array();
    return [made?.manifest.ciphertext.hash ?? '', blobOf(index === 0 ? change(bytes) : bytes)];
  });
  const archive: Pick<Archive, 'blobs'> = { blobs: new Map(files) };
  const results = await checkBoxes(archive, table.state, table.profile, new Map(files.map(([hash]) => [hash, hash])));
  return results.find(({ id }) => id === 'bids');
}

function opening(): { play: Play; first: Desk; others: readonly Desk[] } {
  const play = at(TV_E2E_02, 'locked');
  startOpening(play);
  const [first, ...others] = play.desks;
  if (first === undefined) throw new Error('no bid');
  return { play, first, others };
}

function fail({ table }: Play, { made }: Desk): void {
  const payload = { bid: made?.bid ?? '', result: 'FILE_CORRUPT', fault: 'BIDDER', explanation: '文件损坏' };
  table.act('agency', 'opening.fail-bid', payload, { assurance: 'session' });
}

describe('a bid that somebody calls broken', () => {
  it('SEC-3 is opened again: an intact one that was thrown out is a FAIL that names the bidder', async () => {
    const { play, first, others } = opening();
    releaseKeys(play);
    for (const desk of [first, ...others]) extractBid(play, desk);
    decryptBid(play, first);
    fail(play, first);
    for (const desk of others) decryptAndOpen(play, desk);
    expect(await judged(play)).toMatchObject({
      verdict: 'FAIL',
      wrong: 1,
      first: { where: expect.stringMatching(/^bid of bidder-\d$/), reason: expect.stringContaining('it opens') },
    });
  });

  it('SEC-3 is a FAIL too when it was thrown out before anybody could have seen its inside', async () => {
    const { play, first } = opening();
    releaseKeys(play);
    fail(play, first);
    expect(await judged(play)).toMatchObject({
      verdict: 'FAIL',
      first: { reason: expect.stringContaining('before its bidder gave the key') },
    });
  });

  it('is rightly thrown out when its bytes do not open, and not visible while keys are missing', async () => {
    const { play, first } = opening();
    fail(play, first);
    expect(await judged(play)).toMatchObject({ verdict: 'NOT VISIBLE' });
    releaseKeys(play);
    const broken = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte));
    expect(await judged(play, broken)).toMatchObject({ verdict: 'PASS', wrong: 0 });
  });
});
