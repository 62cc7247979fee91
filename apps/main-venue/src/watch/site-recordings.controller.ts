import { type RecordingDelivery, type SegmentsWanted, zHash, zSegmentsWanted, zSignedRecordingDelivery } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Answers, AnswersNothing, ByOwnKey, Needs, NodeDoor } from '@app/venue';
import { Controller, Headers, HttpCode, Inject, Param, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { VenueDirectory } from '../venues/venue-directory.js';
import { type Brought, Recordings } from './recordings.js';

/** Takes the files of recordings that sites bring, each by the node key of its site, behind the entry that names it. */
@Controller('venue/recordings')
@Needs('public')
@ByOwnKey()
export class SiteRecordingsController {
  readonly #door: NodeDoor<RecordingDelivery>;

  constructor(
    @Inject(CONFIG) { INSTALLATION: installation, VENUE_ID: venue }: Config,
    @Inject(PROFILE) profile: CryptoProfile,
    clock: Clock,
    private readonly directory: VenueDirectory,
    private readonly recordings: Recordings,
  ) {
    this.#door = new NodeDoor('recordingDelivery', zSignedRecordingDelivery, { installation, venue }, profile, clock);
  }

  @Put('landings/:hash')
  @Answers(zSegmentsWanted)
  async landing(
    @Headers('authorization') header: string | undefined,
    @Param('hash', { schema: zHash }) hash: string,
    @Req() request: Request,
  ): Promise<SegmentsWanted> {
    return { segments: await this.recordings.takeLanding(this.#admit(header, hash), bodyOf(request)) };
  }

  @Put('segments/:hash')
  @HttpCode(204)
  @AnswersNothing()
  async segment(
    @Headers('authorization') header: string | undefined,
    @Param('hash', { schema: zHash }) hash: string,
    @Req() request: Request,
  ): Promise<void> {
    await this.recordings.takeSegment(this.#admit(header, hash), bodyOf(request));
  }

  #admit(header: string | undefined, hash: string): Brought {
    return this.#door.admit(
      header,
      (venue) => this.directory.nodeKey(venue),
      (asked) => asked.hash === hash,
    );
  }
}

/** What is refused before its end leaves the connection to say so. */
const bodyOf = (request: Request): AsyncIterable<Uint8Array> => request.iterator({ destroyOnReturn: false });
