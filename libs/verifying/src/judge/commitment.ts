import type { Opening } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';

/** Whether salt and text give the commitment. A salt that is no base64url of 32 bytes opens nothing. */
export function opens({ salt, text }: Opening, commitment: string | undefined, profile: CryptoProfile): boolean {
  try {
    return profile.commitment(salt, text) === commitment;
  } catch {
    return false;
  }
}
