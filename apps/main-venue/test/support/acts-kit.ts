import type { Answer, JsonObject, SignedCommand } from '@app/contracts';
import { BlobStore, FolderBlobStore } from '@app/blobs';
import { signWish } from '@app/client';
import { PROSPECTIVE, platformOrigin, ringOf } from '@app/evaluation';
import type { FakeClock } from '@app/platform';
import { generateKeeperKey, makeBid, openingSheetPart } from '@app/sealing';
import type { Provider } from '@nestjs/common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { v7 } from 'uuid';
import { SealedActs } from '../../src/acts/sealed-acts.js';
import { UploadFacts } from '../../src/blobs/upload-facts.js';
import { ActOrder } from '../../src/platform-log/act-order.js';
import { ActRate } from '../../src/platform-log/act-rate.js';
import { BidActs } from '../../src/platform-log/bid-acts.js';
import { EarlierActs } from '../../src/platform-log/earlier-acts.js';
import { PlatformBeat } from '../../src/platform-log/platform-beat.js';
import { publishedLot } from './lot.js';
import { INSTALLATION, profile, type TestPerson } from './people.js';
import type { Kit } from './pipeline-kit.js';
import { createKit } from './pipeline-kit.js';
import type { ProcessParts } from './pipeline-process.js';

/** What `lotToCreate` names: five minutes after the fake clock's start. */
export const DEADLINE = '2026-03-24T01:35:00.000Z';

/** A bidder with its certificate and the code that its bids name it by. */
export interface TestBidder {
  readonly person: TestPerson;
  readonly creditCode: string;
}

/** The real pipeline with the platform log's desk of acts, files in a folder, and bidders; a clock that the test moves. */
export interface ActsKit extends Kit {
  readonly desk: BidActs;
  readonly bidders: readonly TestBidder[];
  /** Opens a lot for bids. */
  open(lot: string): Promise<void>;
  /** Signs an act of a bidder, not yet sent. */
  sign(bidder: TestBidder, lot: string, type: string, payload: JsonObject): Promise<SignedCommand>;
  act(bidder: TestBidder, lot: string, type: string, payload: JsonObject): Promise<Answer['outcome']>;
  /** Seals a bid to the lot's keepers, uploads it, and gives the payload of its delivery. */
  seal(bidder: TestBidder, lot: string, bid?: string): Promise<JsonObject>;
}

export async function createActsKit(clock: FakeClock, bidders: number, limits: ProcessParts['limits'] = {}): Promise<ActsKit> {
  const folder = await mkdtemp(join(tmpdir(), 'gongping-acts-'));
  const blobs = new FolderBlobStore(folder);
  const providers: Provider[] = [
    { provide: BlobStore, useValue: blobs },
    { provide: UploadFacts, useValue: new UploadFacts(blobs) },
    ...[ActOrder, ActRate, BidActs, EarlierActs, PlatformBeat, SealedActs],
  ];
  const kit = await createKit(clock, { limits, providers });
  const people = await Promise.all(
    Array.from({ length: bidders }, (_none, index) => kit.people.person(`p-bidder-${String(index)}`, `o-bidder-${String(index)}`)),
  );
  const registry = await kit.people.registry();
  await kit.importer.import(registry);
  await kit.registry.refresh();
  await kit.process.writers.open({ origin: platformOrigin(INSTALLATION), lot: null, round: null }, clock.instant());
  const all = people.map((person) => ({
    person,
    creditCode: registry.organisations.find(({ id }) => id === person.organisation?.id)?.creditCode ?? '',
  }));
  const sign: ActsKit['sign'] = ({ person }, lot, type, payload) =>
    signWish(
      profile,
      person.identity,
      { origin: platformOrigin(INSTALLATION), lot, round: 1 },
      { type, payload, party: PROSPECTIVE, at: clock.instant(), basis: 0 },
    );
  return {
    ...kit,
    desk: kit.process.get(BidActs),
    bidders: all,
    open: async (lot) => {
      await publishedLot(kit, lot);
      const main = kit.people.nodes.find(({ id }) => id === 'main');
      if (main === undefined) throw new Error('no main node');
      const issue = await kit.wish(main.identity, lot, 'node:main', 'lot.issue-documents', {});
      const { outcome } = await kit.process.pipeline.submit(issue);
      if (!outcome.ok) throw new Error(`lot.issue-documents: ${outcome.message}`);
    },
    sign,
    act: async (...wish) => (await kit.process.pipeline.submit(await sign(...wish))).outcome,
    seal: async ({ creditCode }, lot, bid = v7()) => {
      const state = await kit.process.pipeline.lotState(`${INSTALLATION}/lot/${lot}/1`);
      const made = makeBid(profile, {
        origin: state.origin,
        bidder: creditCode,
        bid,
        parts: [openingSheetPart(SHEET)],
        encryptionPublicKey: generateKeeperKey(profile).publicKey,
        ...ringOf(state).keepers('bids'),
      });
      const { manifest, innerHeaderHash, indexCommitment, ciphertext } = made;
      await blobs.put(manifest.ciphertext.hash, Readable.from([ciphertext]));
      return { bid, manifest, innerHeaderHash, indexCommitment };
    },
    close: async () => {
      await kit.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const SHEET: JsonObject = {
  v: 1,
  price: '900000.00',
  priceWords: '人民币玖拾万元整',
  duration: '270',
  quality: '合格',
  projectLead: '某经理',
  validityDays: 90,
  security: null,
  claims: { smallMicro: false, domestic: false },
};
