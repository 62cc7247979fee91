import { type LoggedBundle, zLoggedBundle } from '@app/archive';
import { DomainError } from '@app/platform';
import { Answers, Needs } from '@app/venue';
import { Controller, Get } from '@nestjs/common';
import { WebBundleEntries } from './web-bundle-entries.js';

/** What the platform log says of the web client that this venue serves. */
@Controller('api/web-bundle')
@Needs('public')
export class WebBundleController {
  constructor(private readonly bundles: WebBundleEntries) {}

  @Get()
  @Answers(zLoggedBundle)
  async logged(): Promise<LoggedBundle> {
    const logged = await this.bundles.logged();
    if (logged === null) throw new DomainError('NOT_FOUND', 'The platform log names no web client yet.');
    return logged;
  }
}
