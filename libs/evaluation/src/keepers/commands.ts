import { zBytes } from '@app/contracts';
import { z } from 'zod';

/** `bids`, `review`, `scores:<part>`, `ballots`, …: which there are is the slices' word, asked by the rule. */
const zPurpose = z.string().regex(/^[a-z]{1,40}([.:][a-z0-9-]{1,40}){0,2}$/);
export const zPublishKey = z.strictObject({ purpose: zPurpose, publicKey: zBytes.min(20).max(400), proof: zBytes.length(86) });
export const zRelease = z.strictObject({ purpose: zPurpose });
/** 演练: 32 random bytes of the main venue, and a keeper's proof over them (`answerDrill` of sealing). */
export const zBeginDrill = z.strictObject({ challenge: zBytes.length(43) });
export const zAnswerDrill = z.strictObject({ proof: zBytes.length(86) });
/** Secret `private-key` of a release. */
export const zPrivateKey = zBytes.min(20).max(400);
