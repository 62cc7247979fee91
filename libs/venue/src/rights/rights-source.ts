import type { Right } from '@app/contracts';

/** What a person may ask of this venue now; the registry's word. It answers from memory, since every request with a right asks it. */
export abstract class RightsSource {
  /** Empty for a person who has none or is not known. A right that was taken is missing at most two seconds later. */
  abstract rightsOf(person: string): Promise<Right[]>;
}

/** A venue whose registry grants nothing: only what is public or needs a login can be asked for. */
export class NoRights extends RightsSource {
  rightsOf(): Promise<Right[]> {
    return Promise.resolve([]);
  }
}
