import { Controller, Get, Inject } from '@nestjs/common';
import type { Config } from '@app/platform';
import { DomainError } from '@app/platform';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG } from '../core/tokens.js';

/** The demonstration's people with their private keys. Absent unless DEMO is set: a real installation never holds such a file. */
@Controller('api/demo')
export class DemoController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get('identities')
  async identities(): Promise<unknown> {
    if (!this.config.DEMO || this.config.DEMO_DIR === undefined)
      throw new DomainError('NOT_FOUND', 'This installation is no demonstration.');
    return JSON.parse(await readFile(join(this.config.DEMO_DIR, 'identities.json'), 'utf8'));
  }
}
