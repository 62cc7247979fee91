import type { VenueLine } from '@app/contracts';
import type { Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import { RegistryFeed } from '../registry/live/registry-feed.js';
import { RegistryView } from '../registry/live/registry-view.js';

export interface KnownVenue {
  readonly id: string;
  readonly name: string;
  readonly role: VenueLine['role'];
}

/** The venues of the installation, as the registry has them now. */
export abstract class VenueDirectory {
  /** This venue. */
  abstract readonly main: KnownVenue;
  abstract venues(): readonly KnownVenue[];
  /** Tagged node key of a venue, or null. */
  abstract nodeKey(venue: string): string | null;
  /** Told of every change of the registry once it is in force here. Returns how to stop listening. */
  abstract onChanged(listener: () => void): () => void;
}

@Injectable()
export class RegistryVenues extends VenueDirectory {
  constructor(
    private readonly registry: RegistryView,
    private readonly feed: RegistryFeed,
    @Inject(CONFIG) private readonly config: Pick<Config, 'VENUE_ID'>,
  ) {
    super();
  }

  get main(): KnownVenue {
    const id = this.config.VENUE_ID;
    return this.venues().find((venue) => venue.id === id) ?? { id, name: id, role: 'main' };
  }

  venues(): readonly KnownVenue[] {
    return this.registry.venues.map(({ id, name, role }) => ({ id, name, role: role === 'main' || role === 'supervision' ? role : 'sub' }));
  }

  nodeKey(venue: string): string | null {
    return this.registry.nodeKey(venue);
  }

  onChanged(listener: () => void): () => void {
    return this.feed.onChanged(listener);
  }
}
