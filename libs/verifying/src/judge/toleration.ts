import type { VisibleEntry } from '@app/contracts';
import { PART } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import type { CertificateFacts } from '@app/sealing';
import type { Wrong } from '../findings.js';
import { bindingsOf } from './bindings.js';

/** What the judge knows after an entry that somebody may order something with. */
interface Judged {
  readonly visible: VisibleEntry;
  readonly state: LotState;
  /** No check found anything wrong in this entry. */
  readonly isFaultless: () => boolean;
  /** Nor in any entry so far. */
  readonly isWholeLogGood: boolean;
  readonly certificateOf: (party: string) => CertificateFacts | null;
}

/**
 * Faults that the supervision authority has ordered to be passed (`TOLERATE_FAULT`): one check of one entry with each order. An order
 * counts when nothing is wrong with its own entry, its signature was seen, and its signer was the lot's supervisor, by the same
 * certificate, before anything was wrong: else whoever invents entries would invent his pardon.
 */
export class Toleration {
  /** Certificate by supervisor, from the time before the first fault. */
  readonly #supervisors = new Map<string, string | null>();
  /** `<entry>/<check>`. */
  readonly #passed = new Set<string>();

  take({ visible, state, isFaultless, isWholeLogGood, certificateOf }: Judged): void {
    if (isWholeLogGood)
      for (const { party, binding } of bindingsOf(visible))
        if (state.parties[party]?.roles.includes('supervisor') === true) this.#supervisors.set(party, binding?.certificate ?? null);
    if (visible.header.type !== 'lot.order' || !isFaultless() || !Object.hasOwn(visible.parts, PART.who)) return;
    const order = state.setup.orders.at(-1);
    if (order?.kind !== 'TOLERATE_FAULT' || order.fault === null) return;
    const signer = certificateOf(order.by)?.fingerprint ?? null;
    if (signer !== null && this.#supervisors.get(order.by) === signer) this.#passed.add(key(order.fault.entry, order.fault.check));
  }

  passes(check: string, { seq }: Wrong): boolean {
    return seq !== null && this.#passed.has(key(seq, check));
  }
}

const key = (entry: number, check: string): string => `${String(entry)}/${check}`;
