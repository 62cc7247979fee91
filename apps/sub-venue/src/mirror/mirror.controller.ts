import type { MirrorRequest } from '@app/contracts';
import { encodePage, zSignedMirrorRequest } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { AnswersBytes, ByOwnKey, Needs, NodeDoor } from '@app/venue';
import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { ReplicaRepository } from '../replica/replica.repository.js';
import { SiteTrust } from '../site/site-trust.js';

/**
 * Gives a main venue whose database was restored too short its own entries back: the pages as this site got them, with the main
 * venue's ciphertext in them. Only its node key opens this door.
 */
@Controller('mirror')
@Needs('public')
@ByOwnKey()
export class MirrorController {
  readonly #door: NodeDoor<MirrorRequest>;

  constructor(
    @Inject(CONFIG) { INSTALLATION: installation, VENUE_ID: venue }: Config,
    @Inject(PROFILE) profile: CryptoProfile,
    clock: Clock,
    private readonly trust: SiteTrust,
    private readonly replicas: ReplicaRepository,
  ) {
    this.#door = new NodeDoor('mirrorRequest', zSignedMirrorRequest, { installation, venue }, profile, clock);
  }

  /** One page (venue-page.ts) that holds entry `from`; 204 at the end. `authorization`: `Venue <base64url JSON of a signed request>`. */
  @Get('entries')
  @AnswersBytes('application/octet-stream', 'A page of entries as this site got it; 204 at the end.')
  async entries(
    @Headers('authorization') header: string | undefined,
    @Query('origin', { schema: z.string().min(1).max(200) }) origin: string,
    @Query('from', { schema: z.coerce.number().int().min(0) }) from: number,
    @Res() response: Response,
  ): Promise<void> {
    this.#door.admit(
      header,
      () => this.trust.mainKey,
      (request) => request.origin === origin && request.from === from,
    );
    const [page] = await this.replicas.read(origin, from, 1);
    if (page === undefined || page.from + page.count <= from) response.status(204).end();
    else
      response
        .status(200)
        .type('application/octet-stream')
        .send(Buffer.from(encodePage(page)));
  }
}
