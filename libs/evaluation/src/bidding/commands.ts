import { zBytes, zCommand, zHash, zInstant, zName, zSigner, zUuid } from '@app/contracts';
import { zBoxManifest } from '@app/sealing';
import { z } from 'zod';
import { zText } from '../kernel/fields.js';

/** Before the lock a bidder has no pseudonym in the lot: its acts stand in the platform log under this one. */
export const PROSPECTIVE = 'prospective';
export const ACT_TYPES = [
  'bidding.download',
  'bidding.ask',
  'bidding.object',
  'bidding.deliver',
  'bidding.replace',
  'bidding.withdraw',
] as const;
/** Whether commands of this type are acts before the deadline (电子招标投标办法 21): they name a lot and stand in the platform log. */
export const isAct = (type: string): boolean => ACT_TYPES.some((known) => known === type);
/** Bids that stand in one lot. */
export const BIDS_MAX = 300;
/** Acts of one lot, of whatever kind. */
export const ACTS_MAX = 5_000;

export const zDownload = z.strictObject({ package: zHash });
/** Characters of a question; a longer one is asked as several. */
export const QUESTION_CHARS_MAX = 1_000;
/**
 * 提疑: what is not clear in the tender document; 异议 (条例 22; 质疑 in procurement): what of it breaks the law, and why. Says nothing of who
 * asks or objects.
 */
export const zAsk = z.strictObject({ text: z.string().trim().min(1).max(QUESTION_CHARS_MAX) });
/** The answer to an objection, told to everybody as whoever objected is named to nobody. `objection`: the id of the act. */
export const zAnswerObjection = z.strictObject({ objection: zUuid, text: zText });
/** What fixes a bid before anybody can read it (architecture §3): the outer box, the inner header, the index. */
export const zDelivery = z.strictObject({
  bid: zUuid,
  manifest: zBoxManifest,
  /** Hash of the inner layer's header, so that the bidder later unwraps the file it signed for. */
  innerHeaderHash: zHash,
  indexCommitment: zHash,
});
export type Delivery = z.infer<typeof zDelivery>;
export const zReplacement = z.strictObject({ ...zDelivery.shape, replaces: zUuid });
export const zWithdrawal = z.strictObject({ bid: zUuid });

/** What the venue saw of an upload: the file's hash and size, whether the last byte came, and whether it is an encrypted package. */
const zUploadFact = z.strictObject({ hash: zHash, size: z.int().min(0), complete: z.boolean(), encrypted: z.boolean() });
export type UploadFact = z.infer<typeof zUploadFact>;

/**
 * An act as the platform log holds it, opened at the lock. The commitment there is `H(platform.salt ‖ text)`, where text is the
 * canonical JSON of everything here but `platform`.
 */
export const zRecordedAct = z.strictObject({
  command: zCommand,
  signer: zSigner,
  signature: zBytes,
  /** That the certificate was good at `at`; as in an entry's part `who`. */
  evidence: z.strictObject({ chain: z.array(zBytes), revocation: zBytes.nullable() }),
  /** Receipt at the main venue. */
  at: zInstant,
  assurance: z.enum(['certificate', 'session']),
  upload: zUploadFact.nullable(),
  person: z.strictObject({ id: zName, name: z.string().max(60) }),
  organisation: z.strictObject({ id: zName, name: z.string().max(200) }),
  /** 统一社会信用代码: what the package and its box name the bidder by. */
  creditCode: z.string().min(1).max(40),
  certificate: z.string().max(200),
  /** Place in the platform log, and what proves that the leaf there is this act. */
  platform: z.strictObject({ seq: z.int().min(0), index: z.int().min(0), salt: z.string().max(60) }),
});
export type RecordedAct = z.infer<typeof zRecordedAct>;
export const zActs = z.array(zRecordedAct).max(ACTS_MAX);
