import { toHex, type Head } from '@app/contracts';
import { CheckpointJudge, LedgerFormatError, SIGNATURE_TYPE, type Judge, type WitnessRules } from '@app/ledger';
import { noteKey, noteSuite, type CryptoProfile } from '@app/sealing';
import { COSIGNATURE_AHEAD_MS_MAX } from '../judge/release-gate.js';

/** A checkpoint as this device has judged it: nothing of it is the server's word. */
export interface ReadHead {
  readonly origin: string;
  /** The signed note itself. */
  readonly checkpoint: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** It is this log's, and the log's own key signed it. */
  readonly isSigned: boolean;
  /** Witnesses of the lot's frozen policy whose cosignature holds. */
  readonly cosigned: readonly string[];
  /** Fewest witnesses that make the quorum, and how many there are. */
  readonly quorum: number;
  readonly witnesses: number;
  readonly isWitnessed: boolean;
  /** A quorum of witnesses has said so since then by their clocks, milliseconds; null without one. */
  readonly witnessedAtMs: number | null;
}

/** Judge for one log. `logKey`: tagged key that signs the installation's logs; null while it is empty (this venue was not told it yet). */
export const judgeOf = (profile: CryptoProfile, origin: string, logKey: string): Judge | null =>
  logKey === '' ? null : new CheckpointJudge(noteSuite(profile), origin, () => noteKey(logKey, origin, SIGNATURE_TYPE.note));

/**
 * Reads a head by the lot's own rules and by the witness policy that is pinned on this device, where one is: the quorum of both is needed.
 * Null when nothing can be said: no checkpoint yet, no key to check it by, or no note at all. `nowMs`: by this device's own clock.
 */
export function readHead(
  judge: Judge | null,
  { checkpoint }: Pick<Head, 'checkpoint'>,
  rules: WitnessRules | null,
  pinned: string | null,
  nowMs: number,
): ReadHead | null {
  if (judge === null || checkpoint === '') return null;
  try {
    const until = Math.floor((nowMs + COSIGNATURE_AHEAD_MS_MAX) / 1_000);
    const { note, isSigned, cosigned, quorum, witnesses, ...own } = judge.judge(checkpoint, rules, until);
    const { origin, size, root } = note.checkpoint;
    const byPin = pinned === null ? own : judge.judge(checkpoint, { policy: pinned, isDegraded: false }, until);
    const isWitnessed = own.isWitnessed && byPin.isWitnessed;
    // Since this second a quorum of each has said so.
    const witnessedAtMs = isWitnessed ? Math.min(own.witnessedAt ?? 0, byPin.witnessedAt ?? 0) * 1_000 : null;
    return { origin, checkpoint, size, root: toHex(root), isSigned, cosigned, quorum, witnesses, isWitnessed, witnessedAtMs };
  } catch (error) {
    if (error instanceof LedgerFormatError) return null;
    throw error;
  }
}

/**
 * The checkpoint to show and to verify under. A log is signed first and cosigned a moment later, so a newer head takes over when it
 * has its quorum; until then the witnessed one stands. Without any witnessed head the newest is shown, and says that it is short.
 * One that the log did not sign never takes over from one that it did.
 */
export function newerHead(known: ReadHead | null, told: ReadHead): ReadHead {
  if (known === null) return told;
  if (known.isSigned !== told.isSigned) return known.isSigned ? known : told;
  if (known.isWitnessed !== told.isWitnessed) return known.isWitnessed ? known : told;
  if (told.size === known.size) return isLater(known, told) ? told : known;
  return told.size > known.size ? told : known;
}

/** Of the same size: more of the witnesses, or the same ones of a later moment. */
function isLater(known: ReadHead, told: ReadHead): boolean {
  if (told.cosigned.length !== known.cosigned.length) return told.cosigned.length > known.cosigned.length;
  return (told.witnessedAtMs ?? 0) >= (known.witnessedAtMs ?? 0);
}
