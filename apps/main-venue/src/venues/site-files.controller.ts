import { FileSource, serveFile } from '@app/blobs';
import { zHash, zSignedFileRequest } from '@app/contracts';
import type { FileRequest } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { AnswersBytes, ByOwnKey, Needs, NodeDoor } from '@app/venue';
import { Controller, Get, Headers, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { VenueDirectory } from './venue-directory.js';

/**
 * Gives a site the files that its seats ask for: what is at `/api/blobs` for a person with a session is here for the node key of a site.
 */
@Controller('venue/files')
@Needs('public')
@ByOwnKey()
export class SiteFilesController {
  readonly #door: NodeDoor<FileRequest>;

  constructor(
    @Inject(CONFIG) { INSTALLATION: installation, VENUE_ID: venue }: Config,
    @Inject(PROFILE) profile: CryptoProfile,
    clock: Clock,
    private readonly directory: VenueDirectory,
    private readonly files: FileSource,
  ) {
    this.#door = new NodeDoor('fileRequest', zSignedFileRequest, { installation, venue }, profile, clock);
  }

  /** Whole or one range of it. Express answers HEAD with it, too. */
  @Get(':hash')
  @AnswersBytes('application/octet-stream', 'The file, whole or one range of it.')
  async content(
    @Headers('authorization') header: string | undefined,
    @Param('hash', { schema: zHash }) hash: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.#door.admit(
      header,
      (venue) => this.directory.nodeKey(venue),
      (asked) => asked.hash === hash,
    );
    await serveFile(this.files, hash, request, response);
  }
}
