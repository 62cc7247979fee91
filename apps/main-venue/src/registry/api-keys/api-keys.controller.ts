import type { ApiKey, ApiKeyPage, ApiKeyPost, IssuedKey, Revocation } from '@app/contracts';
import { zAfter, zApiKey, zApiKeyPage, zApiKeyPost, zIssuedKey, zName, zPageLimit, zRevocation } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { authorOf } from '../author.js';
import { ApiKeysService } from './api-keys.service.js';

@Controller('api/registry/keys')
@Needs('registry:write')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Needs('registry:read')
  @Answers(zApiKeyPage)
  page(
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<ApiKeyPage> {
    return this.keys.page({ after, limit });
  }

  @Post()
  @HttpCode(200)
  @Answers(zIssuedKey)
  issue(@AskedBy() session: SessionFacts | null, @Body({ schema: zApiKeyPost }) post: ApiKeyPost): Promise<IssuedKey> {
    return this.keys.issue(authorOf(session), post);
  }

  @Post(':key/revocation')
  @HttpCode(200)
  @Answers(zApiKey)
  revoke(
    @AskedBy() session: SessionFacts | null,
    @Param('key', { schema: zName }) key: string,
    @Body({ schema: zRevocation }) revocation: Revocation,
  ): Promise<ApiKey> {
    return this.keys.revoke(authorOf(session), key, revocation);
  }
}
