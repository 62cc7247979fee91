import type { Installation } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';

/** Which venue this process is. */
export abstract class VenuePlace {
  abstract readonly installation: string;
  abstract readonly venue: string;
  abstract readonly role: Installation['venueRole'];
  /** Crypto profile of the installation's platform log, answers and sessions; a lot freezes its own at creation. */
  abstract readonly profile: CryptoProfile;
}
