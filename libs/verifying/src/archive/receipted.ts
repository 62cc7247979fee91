import type { ActReceipt, Archive } from '@app/archive';
import type { VisibleEntry } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import type { CheckResult } from '../findings.js';
import { Findings } from '../findings.js';
import { actOf } from '../receipt.js';
import type { Report } from '../report.js';
import { readLock } from './acts.js';

/** A receipt that somebody lays beside the archive, and what came of judging it alone. */
export interface Beside {
  readonly receipt: ActReceipt;
  readonly judged: Report;
}

const WHERE = 'receipt';

/** Null, or why the receipt says nothing of this lot, in a sentence. A receipt without the act does not say of which lot it is. */
export function foreignReceipt({ receipt, opening }: ActReceipt, head: Archive['head']): string | null {
  if (receipt.origin !== `${head.installation}/platform`) return `the receipt is of ${receipt.origin}, the archive of ${head.installation}`;
  const act = opening === null ? null : actOf(opening.text);
  if (act === null || (act.command.lot === head.lot && act.command.round === head.round)) return null;
  return `the receipt is of lot ${act.command.lot ?? ''} round ${String(act.command.round ?? '')}, the archive of ${head.lot} round ${String(head.round)}`;
}

/**
 * Stands the act of a good receipt among those that the lock brought in? A main venue that takes an act, gives its receipt and leaves it
 * out at the deadline is found by whoever holds both. What the lock dropped with a reason is among them.
 */
export function checkReceipted({ receipt, judged }: Beside, visible: readonly VisibleEntry[], profile: CryptoProfile): CheckResult {
  const findings = new Findings('receipted', 'the lock brought in the act of the receipt');
  if (judged.verdict === 'FAIL') {
    findings.fail(WHERE, `${judged.first?.where ?? WHERE}: ${judged.first?.reason ?? ''}`);
    return findings.result();
  }
  if (judged.verdict === 'INCOMPLETE') {
    findings.note(`the receipt alone is INCOMPLETE: ${judged.missing ?? ''}`);
    findings.hidden();
  }
  const { lock, acts } = readLock(visible);
  if (lock === null || acts === null) {
    findings.note(lock === null ? 'the lot is not locked as far as this archive goes' : "this archive does not show the lock's acts");
    findings.hidden();
    return findings.result();
  }
  const { commitment, id } = receipt.receipt;
  const stands = acts.some(({ platform, ...act }) => profile.commitment(platform.salt, canonicalText(act)) === commitment);
  // Without the act nobody can say that it was for this lot.
  if (!stands && receipt.opening === null) findings.hidden();
  else
    findings.check(stands, lock, () =>
      whatIsThere(
        acts.some(({ command }) => command.id === id),
        receipt,
      ),
    );
  return findings.result();
}

const whatIsThere = (isKnown: boolean, { receipt: { id, at } }: ActReceipt): string =>
  isKnown
    ? `the lock brought in act ${id} otherwise than it was committed to in the receipt`
    : `act ${id}, received at ${at} by the receipt, is missing from the acts that the lock brought in`;
