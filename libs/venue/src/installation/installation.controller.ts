import { type Installation, type Trust, type VenueLine, zInstallation, zTrust, zVenueLine } from '@app/contracts';
import { EngineShelf, platformOrigin } from '@app/evaluation';
import { Clock, DomainError } from '@app/platform';
import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Needs } from '../rights/needs.js';
import { VenuePlace } from '../venue-place.js';
import { trustOf } from './installation-trust.js';
import { VenueLines } from './venue-lines.js';

const zVenueLines = z.array(zVenueLine);

@Controller('api')
@Needs('public')
export class InstallationController {
  constructor(
    private readonly place: VenuePlace,
    private readonly venueLines: VenueLines,
    private readonly clock: Clock,
    private readonly shelf: EngineShelf,
  ) {}

  /** Public facts that a client needs before anything else; `now` is the time that limits compare with. */
  @Get('installation')
  @Answers(zInstallation)
  installation(): Installation {
    const { installation, venue, role, profile } = this.place;
    return {
      name: installation,
      venue,
      venueRole: role,
      now: this.clock.instant(),
      engine: this.shelf.newestReleased.id,
      foundingRules: this.shelf.foundingRules,
      profile: profile.id,
      platformOrigin: platformOrigin(installation),
      ...this.venueLines.keys(),
    };
  }

  /** The installation's keys as this venue names them, in the form of a trust file. */
  @Get('trust')
  @Answers(zTrust)
  trust(): Trust {
    const named = this.venueLines.named();
    if (named === null || named.roots.length === 0) throw new DomainError('UNAVAILABLE', 'this venue has not been told the keys yet');
    return trustOf(this.place.profile, { installation: this.place.installation, ...named });
  }

  @Get('venues')
  @Answers(zVenueLines)
  async venues(): Promise<VenueLine[]> {
    return this.venueLines.lines();
  }
}
