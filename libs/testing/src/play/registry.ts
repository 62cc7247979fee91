import type { Command, Context, WhoPart } from '@app/contracts';
import type { Binding } from '@app/evaluation';

/**
 * Who stands behind the names of a lot, and by what they sign: what a test gives to a play when somebody shall check its signatures.
 * Without it nobody can: certificates are names of certificates.
 */
export interface Registry {
  /** The standing policy of the installation (C2SP tlog-policy). */
  readonly witnessPolicy: string;
  /** SHA-256 of the certificate of a party, or of a bidder by its letter. */
  readonly certificate: (holder: string) => string;
  /** Tagged public key of a node. */
  readonly nodeKey: (node: string) => string;
  /** Signs as whoever the party is bound to. */
  readonly who: (command: Command, context: Pick<Context, 'at' | 'actor'>, binding: Omit<Binding, 'party'>) => WhoPart;
}
