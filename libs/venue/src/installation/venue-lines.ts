import type { VenueLine } from '@app/contracts';
import type { NamedKeys } from './installation-trust.js';

/** What a venue can tell of the installation: the main venue's public keys, and the state of the lines it has. */
export abstract class VenueLines {
  /** The main venue's public keys, since only its word decides: of answers, and of checkpoints. Empty until a site was told once. */
  abstract keys(): { readonly answerKey: string; readonly logKey: string };
  /** Every key of the installation, as this venue knows them; null until a site was told once. */
  abstract named(): Omit<NamedKeys, 'installation'> | null;
  /** State of the lines, as far as this venue knows of them. */
  abstract lines(): VenueLine[] | Promise<VenueLine[]>;
  /** A venue that hears of a change at once calls; of others the lines are looked at every few seconds. Returns how to stop. */
  onChanged(_listener: () => void): () => void {
    return () => undefined;
  }
}
