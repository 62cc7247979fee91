import type { CryptoProfile } from '@app/sealing';

/** Checks signatures, here or on another thread. */
export interface SignatureVerifier {
  verify(publicKey: string, message: Uint8Array, signature: string): boolean | Promise<boolean>;
  /** Ends the threads. Called once, when nothing is asked any more. */
  close(): Promise<void>;
}

/** On the calling thread: for tests, and for machines without a core to spare. */
export class InlineVerifier implements SignatureVerifier {
  constructor(private readonly profile: CryptoProfile) {}

  verify(publicKey: string, message: Uint8Array, signature: string): boolean {
    return this.profile.verify(publicKey, message, signature);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
