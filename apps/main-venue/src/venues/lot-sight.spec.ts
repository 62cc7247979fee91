import type { EntryHeader } from '@app/contracts';
import { utf8 } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { initialLotState } from '@app/evaluation';
import type { SealedEntry } from '@app/ledger/store';
import { StorageCipher } from '@app/sealing/node';
import { runOf } from '@app/testing/play';
import { expect, it } from '@jest/globals';
import { storageKey } from '../../test/support/people.js';
import { LotSight } from './lot-sight.js';
import { PageMaker } from './page-maker.js';
import { SealedReader } from './sealed-reader.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const cipher = new StorageCipher(storageKey());
const HEADER: EntryHeader = { v: 1, seq: 0, at: '2026-03-24T01:30:00.000Z', type: 'no.rule', parts: { 'x:sheet': '' } };

/** One entry with a secret of an expert. */
class OneEntry extends SealedReader {
  read(): Promise<readonly SealedEntry[]> {
    const parts = cipher.seal([utf8(`${'s'.repeat(32)}{}`)]).map((ciphertext) => ({ name: 'x:sheet', ciphertext }));
    return Promise.resolve([{ seq: 0, header: JSON.stringify(HEADER), leaf: '', parts }]);
  }
  size(): Promise<number> {
    return Promise.resolve(1);
  }
}

it('owes a site what it may see until the site has taken it', async () => {
  const before = initialLotState(ORIGIN, 'lot-1', 1);
  const present = { 'expert-1': { venue: 'sub-1', seat: 'pod-1', signedInAt: HEADER.at, pledgedAt: null } };
  const state: LotState = {
    ...before,
    committee: { ...before.committee, present },
    size: 1,
    parties: { 'expert-1': { roles: ['expert'], admittedAs: ['expert'], venue: 'sub-1', seat: null, seq: 0 } },
    secretEntries: { '0': { header: HEADER, events: [], party: 'expert-1' } },
  };
  const run = runOf(state);
  const sut = new LotSight('sub-1', ORIGIN, [], new OneEntry(), new PageMaker(cipher));
  const owed = await sut.widened(run, 1);
  expect(owed.flatMap(({ parts }) => parts)).toMatchObject([{ seq: 0, name: 'x:sheet', opening: { text: '{}' } }]);
  // The line broke, or the site's disk was away.
  expect([await sut.widened(run, 1), sut.isReseated]).toEqual([owed, true]);
  sut.given(owed, sut.viewers);
  expect([await sut.widened(run, 1), sut.isReseated]).toEqual([[], false]);
});
