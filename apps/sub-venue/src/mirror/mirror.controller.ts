import type { SignedMirrorRequest } from '@app/contracts';
import { encodePage, VENUE_WIRE, zSignedMirrorRequest } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { ByOwnKey, Needs } from '@app/venue';
import { verifyWith } from '@app/sealing';
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
  readonly #used = new Map<string, number>();
  /** What was used before this process began is not known here: a request from before is not taken. */
  readonly #since: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly clock: Clock,
    private readonly trust: SiteTrust,
    private readonly replicas: ReplicaRepository,
  ) {
    this.#since = clock.instant();
  }

  /** One page (venue-page.ts) that holds entry `from`; 204 at the end. `authorization`: `Venue <base64url JSON of a signed request>`. */
  @Get('entries')
  async entries(
    @Headers('authorization') header: string | undefined,
    @Query('origin', { schema: z.string().min(1).max(200) }) origin: string,
    @Query('from', { schema: z.coerce.number().int().min(0) }) from: number,
    @Res() response: Response,
  ): Promise<void> {
    this.#admit(header, origin, from);
    const [page] = await this.replicas.read(origin, from, 1);
    if (page === undefined || page.from + page.count <= from) response.status(204).end();
    else
      response
        .status(200)
        .type('application/octet-stream')
        .send(Buffer.from(encodePage(page)));
  }

  /** The request must be the main venue's, fresh, to this site, and for these very entries. */
  #admit(header: string | undefined, origin: string, from: number): void {
    const { request, signature } = readRequest(header);
    const key = this.trust.mainKey;
    const nowMs = this.clock.nowMs();
    const isFresh = Math.abs(Date.parse(request.at) - nowMs) <= VENUE_WIRE.helloSkewMsMax && !this.#used.has(request.nonce);
    if (
      key === null ||
      !isFresh ||
      request.at < this.#since ||
      request.installation !== this.config.INSTALLATION ||
      request.to !== this.config.VENUE_ID ||
      request.origin !== origin ||
      request.from !== from ||
      !verifyWith(this.profile, key, 'mirrorRequest', request, signature)
    )
      throw new DomainError('FORBIDDEN', 'only the main venue may read the mirror');
    for (const [nonce, untilMs] of this.#used) if (untilMs < nowMs) this.#used.delete(nonce);
    this.#used.set(request.nonce, nowMs + 2 * VENUE_WIRE.helloSkewMsMax);
  }
}

function readRequest(header: string | undefined): SignedMirrorRequest {
  const text = /^Venue ([A-Za-z0-9_-]{1,4000})$/.exec(header ?? '')?.[1];
  try {
    return zSignedMirrorRequest.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()));
  } catch (cause) {
    throw new DomainError('UNAUTHENTICATED', 'a signed request of the main venue is needed', { cause });
  }
}
