import type { Answer, EntryPage, Head, Installation, LotSummary, VenueLine } from '@app/contracts';
import { zName, zUuid } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { AskedBy, loginNeeded, Needs, zFromQuery, zRoundQuery } from '@app/venue';
import { ENGINE } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { SiteTrust } from '../site/site-trust.js';
import { CommandDesk } from './command-desk.js';
import { ENTRY_PAGE_MAX, LotDesk } from './lot-desk.js';
import { VenueView } from './venue-view.js';

const zLimit = z.coerce.number().int().min(1).max(ENTRY_PAGE_MAX).default(ENTRY_PAGE_MAX);

/** The main venue's addresses as a site serves them to its workstations. */
@Controller('api')
@Needs('public')
export class WorkstationController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SiteTrust) private readonly trust: SiteTrust,
    @Inject(LotDesk) private readonly lots: LotDesk,
    @Inject(CommandDesk) private readonly commands: CommandDesk,
    @Inject(VenueView) private readonly venuesView: VenueView,
  ) {}

  /** `answerKey` and `logKey` are the main venue's: only its word decides. Empty until the site was told once. */
  @Get('installation')
  installation(): Installation {
    const { INSTALLATION, VENUE_ID, VENUE_ROLE } = this.config;
    return {
      name: INSTALLATION,
      venue: VENUE_ID,
      venueRole: VENUE_ROLE,
      now: this.clock.instant(),
      engine: ENGINE,
      profile: this.profile.id,
      platformOrigin: `${INSTALLATION}/platform`,
      answerKey: this.trust.registry?.answerKey ?? '',
      logKey: this.trust.logKey ?? '',
    };
  }

  @Get('venues')
  venues(): VenueLine[] {
    return this.venuesView.lines();
  }

  @Get('me/lots')
  @Needs('session')
  mine(@AskedBy() session: SessionFacts | null): LotSummary[] {
    if (session === null) throw loginNeeded();
    return this.lots.mine(session);
  }

  @Get('lots')
  open(): LotSummary[] {
    return this.lots.open();
  }

  @Get('lots/:lot/entries')
  entries(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('from', { schema: zFromQuery }) from: number,
    @Query('limit', { schema: zLimit }) limit: number,
  ): Promise<EntryPage> {
    return this.lots.page(lot, round, session, from, limit);
  }

  @Get('lots/:lot/head')
  head(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
  ): Head {
    return this.lots.head(lot, round, session);
  }

  /** A command carries its own signature: a login adds nothing to it. */
  @Post('lots/:lot/commands')
  @HttpCode(200)
  submit(@Param('lot', { schema: zName }) _lot: string, @Body() body: unknown): Promise<Answer> {
    return this.commands.submit(body);
  }

  @Get('commands/:id')
  answer(@Param('id', { schema: zUuid }) id: string): Promise<Answer> {
    return this.commands.answerOf(id);
  }
}
