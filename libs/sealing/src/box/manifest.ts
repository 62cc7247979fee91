import { zBytes, zHash, zName } from '@app/contracts';
import { z } from 'zod';

/** More keepers than any rule set seats; also bounds the work of one check. */
const BOX_KEEPERS_MAX = 16;

/** Which group of keepers opens when: `bids`, `review`, `scores:<part>`, `ballots` … */
const zBoxPurpose = z.string().regex(/^[a-z][a-z-]{1,30}(:[A-Za-z0-9._-]{1,60})?$/);

/**
 * What everybody sees of a sealed box. Signed by its dealer inside a command. `context` says whose it is
 * (`boxContext`): everything secret is derived with it, so a copy under another name re-deals differently and is INVALID.
 */
export const zBoxManifest = z.strictObject({
  v: z.literal(1),
  profile: z.literal('gp-std-1'),
  purpose: zBoxPurpose,
  context: z.string().min(3).max(300),
  /** Keepers that must release before anybody can open. */
  threshold: z.int().min(1).max(BOX_KEEPERS_MAX),
  /** In the order of their share numbers (from 1). `publicKey`: published for this purpose; `wrap`: the share, sealed to it. */
  keepers: z
    .array(z.strictObject({ party: zName, publicKey: zBytes.max(60), wrap: zBytes.max(200) }))
    .min(1)
    .max(BOX_KEEPERS_MAX),
  boxKey: zBytes.max(60),
  ciphertext: z.strictObject({ hash: zHash, size: z.int().min(0) }),
  /** H(salt ‖ plaintext), with a salt that comes out of the master: see `plaintextSalt`. */
  plaintext: zHash,
});
export type BoxManifest = z.infer<typeof zBoxManifest>;

/** A keeper as a dealer needs him: party in the lot and the key he published for the purpose. */
export interface BoxKeeper {
  readonly party: string;
  readonly publicKey: string;
}

/** Whose box it is: the log it belongs to, the dealing party, and the thing inside (a bid's or a sheet's id). */
export const boxContext = (origin: string, party: string, item: string): string => `${origin}#${party}#${item}`;

/** What is wrong with a box and who did it; everything else about it is then irrelevant. */
export interface BoxFault {
  readonly code:
    | 'SHAPE' // no manifest of this profile, or limits broken
    | 'KEEPER_SET' // keepers or their keys are not the published ones
    | 'SHARE_COUNT' // threshold impossible, or a share has another size
    | 'KEEPER_KEY' // a keeper released a key that does not fit the published one (the keeper's fault)
    | 'NOT_MASTER' // these 32 bytes are not what this box was dealt from
    | 'WRAP' // the dealer gave this keeper something else than his share
    | 'CIPHERTEXT' // bytes other than the manifest's
    | 'BODY' // the body is not what the master and its content give
    | 'COMMITMENT'; // the content is not what the manifest committed to
  /** The keeper concerned, or null. */
  readonly keeper: string | null;
  readonly message: string;
}

export const boxFault = (code: BoxFault['code'], message: string, keeper: string | null = null): BoxFault => ({ code, keeper, message });
