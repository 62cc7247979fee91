/** An entry as a mirror holds it: canonical header, and each part either in the clear (`salt ‖ text`) or as our own ciphertext. */
export interface MirroredEntry {
  readonly header: Uint8Array;
  readonly parts: readonly { readonly name: string; readonly body: Uint8Array; readonly isOpen: boolean }[];
}

/** Somebody who keeps a copy of our logs. What he gives is believed only under a witnessed root. */
export interface Mirror {
  readonly name: string;
  /** Entries from exactly `from` on, as many as come at once; empty at his end. Throws when he cannot be read. */
  fetch(origin: string, from: number, to: number): Promise<MirroredEntry[]>;
}

/** Whoever keeps copies today. */
export abstract class Mirrors {
  abstract all(): readonly Mirror[];
}
