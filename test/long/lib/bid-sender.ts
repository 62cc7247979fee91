import { VenueClient } from '@app/client';
import type { BidRequest, SealedBid } from '@app/sealing';
import { openingSheetPart } from '@app/sealing';
import { BidThread, openFile, profileOf } from '@app/sealing/node';
import { readFileSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoPerson } from '../../../tools/demo/src/people.js';
import { byCertificate } from '../../../tools/demo/src/people.js';
import { serveAsChild } from '../../bench/lib/child.js';

/** What a bidder's machine is told: who he is, his bid, where it goes. */
export interface BidOrder {
  readonly url: string;
  readonly lot: string;
  readonly person: DemoPerson;
  readonly request: Omit<BidRequest, 'parts'>;
  readonly sheet: Parameters<typeof openingSheetPart>[0];
  /** Of the technical part. */
  readonly sizeBytes: number;
}

/** A bidder's machine: writes a technical part of that size, seals it into a bid beside it, uploads that by tus, and keeps neither. */
async function main(folder: string): Promise<void> {
  const order = JSON.parse(readFileSync(join(folder, 'order.json'), 'utf8')) as BidOrder;
  const at = (name: string): string => join(folder, name);
  const profile = profileOf('gp-std-1');
  const sheet = openingSheetPart(order.sheet);
  writeFileSync(at('sheet'), sheet.content);
  // Sparse: what is in it does not matter to any step, and it takes no place.
  const content = await open(at('content'), 'w');
  await content.truncate(order.sizeBytes);
  await content.close();
  const thread = new BidThread(profile);
  const parts = [
    { type: sheet.type, title: sheet.title, media: sheet.media, path: at('sheet') },
    { type: 'TECHNICAL' as const, title: '技术标', media: 'application/pdf', path: at('content') },
  ];
  const sealed = await thread.seal({ request: { ...order.request, parts }, to: at('bid') });
  await rm(at('content'));
  const client = new VenueClient(order.url, profile, byCertificate(profile, order.person));
  await client.login();
  const source = await openFile(at('bid'));
  await client.upload(sealed.manifest.ciphertext.hash, { size: source.size, slice: source.read }, { lot: order.lot });
  await source.close();
  await rm(at('bid'));
  await serveAsChild(sealed satisfies SealedBid, () => thread.close());
}

await main(process.argv[2] ?? '');
