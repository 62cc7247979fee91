import { FolderBlobStore } from '@app/blobs';
import type { LotState } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import { DomainError } from '@app/platform';
import { TV_E2E_01 } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BidMirror, filesToMirror } from './bid-mirror.js';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const ORIGIN = 'gongping.test/lot/lot-1/1';

describe('the files that a site mirrors', () => {
  let folder: string;
  let store: FolderBlobStore;
  let clock: FakeClock;
  let isCut: boolean;
  let asked: string[];
  let sut: BidMirror;
  let lots: { origin: string; state: LotState; atHand: () => Promise<void> }[];
  let whileAsked: (hash: string) => void;
  /** A lot in evaluation whose bids are these texts. */
  const evaluating = at(TV_E2E_01, 'evaluating').table.state;
  const lotOf = (texts: readonly string[], status = evaluating.status): LotState => ({
    ...evaluating,
    status,
    setup: { ...evaluating.setup, documentPackage: hashOf('tender') },
    bidding: {
      ...evaluating.bidding,
      bids: Object.fromEntries(
        Object.values(evaluating.bidding.bids)
          .slice(0, texts.length)
          .map((bid, index) => [bid.bid, { ...bid, ciphertext: { hash: hashOf(texts[index] ?? ''), size: 1 } }]),
      ),
    },
  });
  const here = async (): Promise<boolean[]> => Promise.all(['one', 'two', 'tender'].map((text) => store.has(hashOf(text))));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-mirror-'));
    store = new FolderBlobStore(folder);
    lots = [];
    whileAsked = () => undefined;
    clock = new FakeClock('2026-03-24T01:30:00.000Z');
    isCut = false;
    asked = [];
    const texts = new Map(['one', 'two', 'tender'].map((text) => [hashOf(text), text]));
    const main = {
      open: (hash: string) => {
        asked.push(texts.get(hash) ?? hash);
        whileAsked(hash);
        if (isCut) return Promise.reject(new DomainError('UNAVAILABLE', 'cut'));
        return Promise.resolve(Readable.from([Buffer.from(texts.get(hash) ?? 'other')]));
      },
    };
    sut = new BidMirror({ listen: () => () => undefined, all: () => lots }, store, main, clock, {
      warn: () => undefined,
    });
  });
  afterEach(async () => {
    sut.onModuleDestroy();
    // Files may still be coming: what was begun is not taken back.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const untilHolds = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 200 && !(await holds()); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await holds()).toBe(true);
  };

  it('are the opened bids and the tender document while the committee works, and nothing before and after', () => {
    expect(filesToMirror(lotOf(['one', 'two'])).sort()).toEqual(['one', 'two', 'tender'].map(hashOf).sort());
    expect(filesToMirror(lotOf(['one'], 'RE_EVALUATION'))).toContain(hashOf('one'));
    expect(filesToMirror(at(TV_E2E_01, 'locked').table.state)).toEqual([]);
    for (const status of ['CONTRACTED', 'LOT_FAILED'] as const) expect(filesToMirror(lotOf(['one'], status))).toEqual([]);
  });

  it('come when the lot shows them, and go when the evaluation is over', async () => {
    sut.look({ origin: ORIGIN, state: lotOf(['one', 'two']) });
    await untilHolds(async () => (await here()).every(Boolean));
    sut.look({ origin: ORIGIN, state: lotOf(['one', 'two'], 'CONTRACTED') });
    await untilHolds(async () => !(await here()).some(Boolean));
  });

  it('come after a cut, each once, and another content than the hash names is never here', async () => {
    isCut = true;
    sut.look({ origin: ORIGIN, state: lotOf(['one', 'altered']) });
    await untilHolds(() => Promise.resolve(asked.length === 3));
    expect(await here()).toEqual([false, false, false]);
    isCut = false;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(10_000);
    await untilHolds(async () => (await here())[0] === true && (await here())[2] === true);
    expect(await store.has(hashOf('altered'))).toBe(false);
    const before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    await clock.advance(10_000);
    await untilHolds(() => Promise.resolve(asked.length === before + 1));
  });

  it('come also where their bids open while others are fetched, and stay away where the evaluation ends meanwhile', async () => {
    whileAsked = (hash) => {
      if (hash === hashOf('one')) sut.look({ origin: ORIGIN, state: lotOf(['one', 'two']) });
    };
    sut.look({ origin: ORIGIN, state: lotOf(['one']) });
    await untilHolds(async () => (await here()).every(Boolean));
    sut.look({ origin: ORIGIN, state: lotOf(['one', 'two'], 'CONTRACTED') });
    await untilHolds(async () => !(await here()).some(Boolean));
    whileAsked = () => {
      sut.look({ origin: ORIGIN, state: lotOf(['one'], 'CONTRACTED') });
    };
    sut.look({ origin: ORIGIN, state: lotOf(['one']) });
    await sut.fetchAll();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await here()).toEqual([false, false, false]);
  });

  it('go after a start where no lot wants them any more, once every lot is at hand', async () => {
    for (const text of ['one', 'two']) await store.put(hashOf(text), Readable.from([Buffer.from(text)]));
    let isThere: () => void = () => undefined;
    const atHand = new Promise<void>((resolve) => (isThere = resolve));
    lots = [{ origin: ORIGIN, state: lotOf(['two']), atHand: () => atHand }];
    const tidied = sut.tidy();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await here()).slice(0, 2)).toEqual([true, true]);
    isThere();
    await tidied;
    expect((await here()).slice(0, 2)).toEqual([false, true]);
    // What the lot wants is on its way by now: the folder stays until it is here.
    for (let turn = 0; turn < 200 && (await here())[2] !== true; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await here())[2]).toBe(true);
  });
});
