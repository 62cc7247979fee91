import type { RecordedAct } from '@app/evaluation';
import type { ActBook } from '@app/evaluation';
import { disclosed, readLockedActs } from '@app/evaluation';
import type { PartCipher } from '@app/ledger/store';
import { SystemClock } from '@app/platform';
import { StorageCipher } from '@app/sealing/node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TV_E2E_01 } from '@app/testing/lots';
import { seat, untilLocked } from '@app/testing/play';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { profile } from '../../test/support/people.js';
import { SealedActs } from '../acts/sealed-acts.js';
import { EarlierActs, LOTS_AT_HAND_MAX } from './earlier-acts.js';

const BOOT_MS_MAX = 60_000;
const ORIGIN = 'gongping.test/lot/lot-1/1';

const bidsOf = (book: ActBook): string[] => book.standing().map(({ delivery }) => delivery.bid);

describe('the acts of a lot before its deadline', () => {
  let kit: Kit;
  let played: RecordedAct[];
  let opened = 0;
  let acts: SealedActs;
  beforeAll(async () => {
    kit = await createKit(new SystemClock());
    const cipher = new StorageCipher(kit.keys.storage);
    const counting: PartCipher = {
      seal: (parts) => cipher.seal(parts),
      open: (parts) => {
        opened += parts.length;
        return cipher.open(parts);
      },
    };
    acts = new SealedActs(profile, counting, kit.keys);
    const play = seat(TV_E2E_01);
    untilLocked(play);
    const { state } = play.table;
    played = readLockedActs(disclosed(state, state.bidding.seq ?? -1, 'x:acts')) ?? [];
  }, BOOT_MS_MAX);
  afterAll(() => kit.close(), BOOT_MS_MAX);

  const keep = async ({ platform: _, ...act }: RecordedAct): Promise<void> => {
    await acts.keepAct(kit.pool, { id: act.command.id, origin: ORIGIN, request: profile.hash(new Uint8Array(1)), content: { ...act } });
  };

  it('SEC-8 are opened once each as they come, also those that another process took', async () => {
    const sut = new EarlierActs(acts);
    const seen: number[] = [];
    for (const act of played) {
      const before = await sut.of(kit.pool, ORIGIN);
      seen.push(before.countOf(act.organisation.id));
      await keep(act);
    }
    const [last] = played.slice(-1);
    const organisation = last?.organisation.id ?? '';
    const theirs = played.filter((act) => act.organisation.id === organisation).length;
    expect((await sut.of(kit.pool, ORIGIN)).countOf(organisation)).toBe(theirs);
    expect(seen.at(-1)).toBe(theirs - 1);
    expect(played.length).toBeGreaterThan(5);
    expect(opened).toBe(played.length);
    // The same answer as of somebody who has just come and reads them all.
    const fresh = await new EarlierActs(acts).of(kit.pool, ORIGIN);
    expect(bidsOf(fresh)).toEqual(bidsOf(await sut.of(kit.pool, ORIGIN)));
    expect(opened).toBe(2 * played.length);
    for (let lot = 0; lot < LOTS_AT_HAND_MAX; lot += 1) await sut.of(kit.pool, `gongping.test/lot/other-${String(lot)}/1`);
    expect((await sut.of(kit.pool, ORIGIN)).countOf(organisation)).toBe(theirs);
    expect(opened).toBe(3 * played.length);
  });
});
