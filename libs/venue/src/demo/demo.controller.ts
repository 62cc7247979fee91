import { isLoopback } from '@app/contracts';
import type { Config } from '@app/platform';
import { DomainError } from '@app/platform';
import { Controller, Get, Headers, Inject } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Needs } from '../rights/needs.js';

/** Name of the provider that says whether this process demonstrates, and where its people are; an application gives its configuration. */
export const DEMO_PLACE = Symbol('DemoPlace');

/** As the demonstration writes them: identity files of the web client, and what each person is there. */
const zIdentities = z
  .array(z.looseObject({ id: z.string(), name: z.string(), certificate: z.string(), privateKey: z.string() }))
  .describe('The people of the demonstration, with their keys.');

/** The demonstration's people with their private keys. Absent unless DEMO is set: a real installation never holds such a file. */
@Controller('api/demo')
@Needs('public')
export class DemoController {
  constructor(@Inject(DEMO_PLACE) private readonly place: Pick<Config, 'DEMO' | 'DEMO_DIR'>) {}

  /**
   * The people as the file has them. Throws NOT_FOUND where nothing is demonstrated, FORBIDDEN under a name that is not this machine's for
   * itself: a page from elsewhere whose name was made to lead here asks under its own.
   */
  @Get('identities')
  @Answers(zIdentities)
  async identities(@Headers('host') host: string | undefined): Promise<unknown> {
    if (!isLoopback((host ?? '').replace(/:\d+$/, '')))
      throw new DomainError('FORBIDDEN', 'The demonstration is for this machine: open it as 127.0.0.1.');
    if (!this.place.DEMO || this.place.DEMO_DIR === undefined) throw new DomainError('NOT_FOUND', 'This installation is no demonstration.');
    return JSON.parse(await readFile(join(this.place.DEMO_DIR, 'identities.json'), 'utf8'));
  }
}
