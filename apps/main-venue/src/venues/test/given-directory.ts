import type { KnownVenue } from '../venue-directory.js';
import { VenueDirectory } from '../venue-directory.js';

/** The venues that a test names, by id with their node keys (null: none registered). */
export class GivenDirectory extends VenueDirectory {
  readonly #listeners: (() => void)[] = [];

  constructor(
    readonly main: KnownVenue,
    private readonly known: () => readonly KnownVenue[] = () => [],
    private readonly keyOf: (venue: string) => string | null = () => null,
  ) {
    super();
  }

  venues(): readonly KnownVenue[] {
    return this.known();
  }

  nodeKey(venue: string): string | null {
    return this.keyOf(venue);
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => undefined;
  }

  /** The registry has changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
