import { generateKeeperKey, openingSheetPart, recoverMaster, unwrapFileKey } from '@app/sealing';
import { BidThread, profileOf } from '@app/sealing/node';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serveAsChild } from './child.js';
import { seconds } from './figure.js';

/** Seals the file into a bid beside it and opens the bid, measured by itself. */
export interface SealTimes {
  /** Seconds. */
  readonly seal: number;
  readonly open: number;
  /** Longest time in which the main thread did nothing else. */
  readonly stallMs: number;
}

const [folder = '', content = ''] = process.argv.slice(2);
const profile = profileOf('gp-std-1');
const keepers = ['a', 'b', 'c'].map((party) => ({ party, ...generateKeeperKey(profile) }));
const bidder = generateKeeperKey(profile);
const identity = { origin: 'bench.test/lot/lot-1/1', bidder: '91310000MA1FL0AB1X', bid: '019a0000-0000-7000-8000-000000000001' };
const sheet = openingSheetPart({ total: '1.00' });
writeFileSync(join(folder, 'sheet'), sheet.content);
const path = join(folder, 'bid');
const thread = new BidThread(profile);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const request = {
  ...identity,
  parts: [
    { type: sheet.type, title: sheet.title, media: sheet.media, path: join(folder, 'sheet') },
    { type: 'TECHNICAL' as const, title: '技术标', media: 'application/pdf', path: content },
  ],
  encryptionPublicKey: bidder.publicKey,
  keepers: keepers.map(({ party, publicKey }) => ({ party, publicKey })),
  threshold: 2,
};
const start = performance.now();
const sealed = await thread.seal({ request, to: path });
const seal = (performance.now() - start) / 1_000;
const recovery = recoverMaster(profile, sealed.manifest, keepers);
if (recovery.status !== 'recovered') throw new Error(recovery.status);
const box = { manifest: sealed.manifest, master: recovery.master };
const fileKey = unwrapFileKey(profile, sealed.innerHeader, bidder.privateKey) ?? '';
const open = await seconds(async () => {
  const opened = await thread.open({ path, box, delivered: { ...identity, ...sealed, fileKey } });
  if (!opened.ok) throw new Error(opened.fault.message);
});
delay.disable();
await serveAsChild({ seal, open, stallMs: delay.max / 1e6 } satisfies SealTimes, () => thread.close());
