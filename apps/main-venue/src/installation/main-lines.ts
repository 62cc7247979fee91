import type { VenueLine } from '@app/contracts';
import { VenueLines } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { NODE_KEYS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { VenuesService } from '../venues/venues.service.js';

/** The lines as the main venue has them: one to every site. */
@Injectable()
export class MainLines extends VenueLines {
  constructor(
    @Inject(NODE_KEYS) private readonly nodeKeys: NodeKeys,
    private readonly venues: VenuesService,
  ) {
    super();
  }

  keys(): { answerKey: string; logKey: string } {
    return { answerKey: this.nodeKeys.answer.publicKey, logKey: this.nodeKeys.log.publicKey };
  }

  lines(): VenueLine[] {
    return this.venues.lines.lines();
  }
}
