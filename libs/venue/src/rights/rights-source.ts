import type { Right } from '@app/contracts';
import type { KeyFacts } from '../sessions/session-facts.js';

/** What a person may ask of this venue now; the registry's word. */
export abstract class RightsSource {
  /** From memory, since every request with a right asks it. Empty for a person who has none or is not known. A right that was taken is missing at most two seconds later. */
  abstract rightsOf(person: string): Promise<Right[]>;

  /** The API key of a token, with its rights, and that it was used now; null for one that is not good here. Asked of the disk: at once when revoked. */
  abstract keyOf(token: string): Promise<KeyFacts | null>;
}

/** A venue whose registry grants nothing: only what is public or needs a login can be asked for. */
export class NoRights extends RightsSource {
  rightsOf(): Promise<Right[]> {
    return Promise.resolve([]);
  }
  keyOf(): Promise<null> {
    return Promise.resolve(null);
  }
}
