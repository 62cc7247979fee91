import type { VenueLine } from '@app/contracts';
import { type NamedKeys, VenueLines } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { NODE_KEYS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { RegistryView } from '../registry/live/registry-view.js';
import { VenuesService } from '../venues/venues.service.js';

/** The lines as the main venue has them: one to every site. */
@Injectable()
export class MainLines extends VenueLines {
  constructor(
    @Inject(NODE_KEYS) private readonly nodeKeys: NodeKeys,
    private readonly venues: VenuesService,
    private readonly registry: RegistryView,
  ) {
    super();
  }

  keys(): { answerKey: string; logKey: string } {
    return { answerKey: this.nodeKeys.answer.publicKey, logKey: this.nodeKeys.log.publicKey };
  }

  named(): Omit<NamedKeys, 'installation'> {
    return { logKey: this.nodeKeys.log.publicKey, roots: this.registry.roots, venues: this.registry.venues };
  }

  lines(): VenueLine[] {
    return this.venues.lines.lines();
  }
}
