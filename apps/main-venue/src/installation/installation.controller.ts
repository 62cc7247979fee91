import { Controller, Get, Inject, Optional } from '@nestjs/common';
import type { Installation, VenueLine } from '@app/contracts';
import { ENGINE, platformOrigin } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import { Needs } from '@app/venue';
import { VenueLineSource } from '../core/ports.js';
import { INSTALLATION_PROFILE } from '../core/core.module.js';
import { CONFIG, NODE_KEYS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { RegistryView } from '../registry/live/registry-view.js';

@Controller('api')
@Needs('public')
export class InstallationController {
  readonly #startedAt: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(NODE_KEYS) private readonly keys: NodeKeys,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RegistryView) private readonly registry: RegistryView,
    @Optional() @Inject(VenueLineSource) private readonly lines: VenueLineSource | null,
  ) {
    this.#startedAt = clock.instant();
  }

  /** Public facts that a client needs before anything else; `now` is the time that limits compare with. */
  @Get('installation')
  installation(): Installation {
    return {
      name: this.config.INSTALLATION,
      venue: this.config.VENUE_ID,
      venueRole: this.config.VENUE_ROLE,
      now: this.clock.instant(),
      engine: ENGINE,
      profile: INSTALLATION_PROFILE,
      platformOrigin: platformOrigin(this.config.INSTALLATION),
      answerKey: this.keys.answer.publicKey,
      logKey: this.keys.log.publicKey,
    };
  }

  @Get('venues')
  async venues(): Promise<VenueLine[]> {
    if (this.lines !== null) return this.lines.lines();
    return this.registry.venues.map(({ id, name, role }) => ({
      venue: id,
      name,
      role: role === 'main' || role === 'supervision' ? role : 'sub',
      line: id === this.config.VENUE_ID ? 'up' : 'down',
      since: this.#startedAt,
      waiting: 0,
      replicated: {},
    }));
  }
}
