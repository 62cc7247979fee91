import { zBytes, zDecimal, zHash, zInstant, zName, zUuid } from '@app/contracts';
import { z } from 'zod';
import { zLostMs } from '../lot/index.js';
import { of, zJsonObject } from '../kernel/fields.js';
import { FAULT_PARTIES, zRecordFinding } from './commands.js';

const at = zInstant;
const text = z.string().max(4_000);

export const zStarted = of('opening.started', { at, host: zName });
export const zSignedIn = of('opening.signed-in', { at, party: zName });
export const zListPublished = of('opening.list-published', {
  at,
  bidders: z.array(z.strictObject({ party: zName, name: z.string().max(200) })),
});
export const zPaused = of('opening.paused', { at, by: zName, reason: text });
export const zResumed = of('opening.resumed', { at, lostMs: zLostMs });
export const zWindowExtended = of('opening.window-extended', { at, until: zInstant, reason: text });
export const zBidExtracted = of('opening.bid-extracted', { at, bid: zUuid, innerHeader: zBytes, until: zInstant });
export const zBidDecrypted = of('opening.bid-decrypted', { at, bid: zUuid });
export const zBidOpened = of('opening.bid-opened', { at, bid: zUuid });
export const zBidFailed = of('opening.bid-failed', {
  at,
  bid: zUuid,
  result: z.enum(['WRONG_KEY', 'CERT_EXPIRED', 'FILE_CORRUPT', 'TIMEOUT', 'PLATFORM_ERROR']),
  fault: z.enum(FAULT_PARTIES),
  explanation: text,
});
export const zFindingRecorded = of('opening.finding-recorded', {
  at,
  by: zName,
  id: z.string().max(80),
  ...zRecordFinding.shape,
});
export const zFindingCountersigned = of('opening.finding-countersigned', { at, bid: zUuid, party: zName });
export const zDecryptionClosed = of('opening.decryption-closed', {
  at,
  opened: z.int().min(0),
  next: z.enum(['COEFFICIENT_DRAW', 'READ_OUT']),
  k: zDecimal.nullable(),
});
export const zContributorsNamed = of('opening.contributors-named', {
  at,
  version: z.int().min(1),
  contributors: z.array(zName),
  reason: text.nullable(),
});
export const zContributed = of('opening.contributed', { at, party: zName, manifest: zJsonObject });
export const zCoefficientDrawn = of('opening.coefficient-drawn', {
  at,
  seed: z.string().max(200),
  value: zDecimal,
  /** What counted, by contributor. */
  nonces: z.record(zName, z.string().max(200)),
  /** Whose box held no nonce; it counts by the commitment that its manifest made. */
  void: z.array(zName),
});
export const zReadOut = of('opening.read-out', { at, until: zInstant });
export const zConfirmed = of('opening.confirmed', { at, party: zName });
export const zObjected = of('opening.objected', { at, id: z.string().max(80), party: zName, text });
export const zReplied = of('opening.replied', { at, id: z.string().max(80), text });
export const zRecordMade = of('opening.record-made', { at, hash: zHash });
export const zRecordSigned = of('opening.record-signed', { at, party: zName });
export const zClosed = of('opening.closed', { at });
