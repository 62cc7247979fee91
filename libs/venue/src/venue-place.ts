import type { Installation } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';

/** Which venue this process is. */
export class VenuePlace {
  constructor(
    readonly installation: string,
    readonly venue: string,
    readonly role: Installation['venueRole'],
    /** Crypto profile of the installation's platform log, answers and sessions; a lot freezes its own at creation. */
    readonly profile: CryptoProfile,
    /** Where people find it. */
    readonly publicUrl: string,
  ) {}
}
