import type { Archive } from '@app/archive';
import type { Certified } from '../support/certified.js';
import type { Forger } from '../support/forger.js';

/** One kind of lie, and what the verifier must say of it. */
export interface Tampering {
  readonly id: string;
  readonly what: string;
  readonly verdict: 'FAIL' | 'INCOMPLETE';
  /** The check that finds it. `cosignatures`: nothing in the log contradicts the lie; that witnesses signed another head does. */
  readonly check: string;
  /** `namesakes`: everybody's namesakes with keys that the main venue holds, certified by an authority that nobody trusts. */
  readonly forge: (forger: Forger, namesakes: Certified) => Forged | Promise<Forged>;
}

/** The lie, and where it must be found: the number of an entry, or the name of a file or value; null where something is only missing. */
export type Forged = readonly [archive: Archive, where: number | string | null];

export const wrong = (id: string, what: string, check: string, forge: Tampering['forge']): Tampering => ({
  id,
  what,
  verdict: 'FAIL',
  check,
  forge,
});

export const missing = (id: string, what: string, check: string, forge: (forger: Forger) => Archive): Tampering => ({
  id,
  what,
  verdict: 'INCOMPLETE',
  check,
  forge: (forger) => [forge(forger), null],
});
