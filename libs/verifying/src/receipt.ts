import type { ActReceipt, Trust } from '@app/archive';
import { zActReceipt } from '@app/archive';
import { parseCanonical } from '@app/contracts';
import type { RecordedAct } from '@app/evaluation';
import { zRecordedAct } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import { findProfile, verifyWith } from '@app/sealing';
import { checkCommitment } from './archive/acts.js';
import { ActSignatures } from './archive/act-signatures.js';
import { readPlatformHead } from './archive/checkpoints.js';
import { Findings } from './findings.js';
import { opens } from './judge/commitment.js';
import type { Report } from './report.js';
import { conclude, unreadable } from './report.js';

const WHERE = 'receipt';
const PLATFORM = '/platform';
const zKept = zRecordedAct.omit({ platform: true });
type Kept = Omit<RecordedAct, 'platform'>;

/** What a PASS does not prove; printed with every report. */
const LIMITS: readonly string[] = [
  'that the act still stands: a later one may replace or withdraw it, and the lock decides it by the rules',
  "that it was taken in at this very instant: that is the main venue's signed word, but not before the platform entry that commits to it was witnessed",
  'that a person rather than someone with his key signed it',
];

/**
 * The receipt of an act before the deadline (回执, 电子招标投标办法 27), judged without the venue that gave it: the bidder's own signed act
 * is what was committed to, and the commitment stands in the platform log under a head that log and witnesses signed. A receipt without
 * that proof is the venue's word alone and INCOMPLETE; so is one whose holder was not given the act.
 */
export function verifyReceipt(file: unknown, trust: Trust | null): Report {
  const read = zActReceipt.safeParse(file);
  if (!read.success) {
    const issue = read.error.issues[0];
    return unreadable(WHERE, `no receipt: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong form'}`);
  }
  const profile = findProfile(read.data.profile);
  return profile === null ? unreadable(WHERE, `no profile ${read.data.profile}`) : judge(read.data, trust, profile);
}

function judge({ receipt, signature, key, proof, opening }: ActReceipt, trust: Trust | null, profile: CryptoProfile): Report {
  const word = new Findings('receipt', 'the receipt is signed by the key that it names');
  word.note('the proof in it does without this key');
  const installation = installationOf(receipt.origin) ?? '';
  word.check(installation !== '', WHERE, 'is of no platform log');
  word.check(
    trust === null || trust.installation === installation,
    WHERE,
    () => `is of ${installation}, the trust file of another installation`,
  );
  word.check(verifyWith(profile, key, 'receipt', receipt, signature), WHERE, 'is not signed by the key that it names');

  const signed = new Findings('act', 'the act is the one that was committed to, and its bidder signed it');
  const act = opening === null ? null : actOf(opening.text);
  if (opening === null) signed.hidden();
  else {
    signed.check(opens(opening, receipt.commitment, profile), WHERE, 'the commitment is of another act');
    if (act === null) signed.fail(WHERE, 'what the commitment was made from is no act');
    else {
      signed.check(act.command.id === receipt.id && act.at === receipt.at, WHERE, 'names another act, or another time than the act has');
      new ActSignatures(profile, trust, installation, signed).check(act, `act ${act.command.id}`);
    }
  }

  const cosignatures = new Findings('cosignatures', 'log and a quorum of witnesses signed the head');
  const place = new Findings('place', 'the platform log committed to the act, under this head');
  const head = proof === null ? null : readPlatformHead(proof.checkpoint, 'proof.checkpoint', installation, profile, trust, cosignatures);
  if (proof === null)
    [cosignatures, place].forEach((findings) => {
      findings.hidden();
    });
  else {
    const { checkpoint: _, ...line } = proof;
    checkCommitment({ ...line, commitment: receipt.commitment }, profile, head, 'proof', place);
  }
  return conclude(
    [word, signed, cosignatures, place].map((findings) => findings.result()),
    {
      origin: receipt.origin,
      size: head?.checkpoint.size ?? 0,
      award: [],
      notices: noticesOf(receipt, proof, act),
      missing: whatIsMissing(proof, opening),
    },
    LIMITS,
  );
}

/** Whose platform log it is; null when it is none. */
export const installationOf = (origin: string): string | null => (origin.endsWith(PLATFORM) ? origin.slice(0, -PLATFORM.length) : null);

/** The act that a receipt was opened with; null when the text is none. */
export function actOf(text: string): Kept | null {
  try {
    return zKept.safeParse(parseCanonical(text)).data ?? null;
  } catch {
    return null;
  }
}

function noticesOf(receipt: ActReceipt['receipt'], proof: ActReceipt['proof'], act: Kept | null): string[] {
  const about =
    act === null
      ? []
      : [
          `${act.command.type}, lot ${act.command.lot ?? ''} round ${String(act.command.round ?? '')}, by ${act.person.name}, ${act.organisation.name}`,
        ];
  const committed = proof === null ? [] : [`committed to in platform entry ${String(proof.batch)} at ${proof.header.at}`];
  return [...about, `taken in at ${receipt.at}`, ...committed];
}

function whatIsMissing(proof: ActReceipt['proof'], opening: ActReceipt['opening']): string | null {
  if (proof === null) return 'no witnessed head covered the act when the receipt was given; take it again';
  return opening === null ? 'the act itself, which only whoever acted is given' : null;
}
