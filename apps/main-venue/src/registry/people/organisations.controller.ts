import type { Organisation, OrganisationPage, OrganisationPut } from '@app/contracts';
import { zAfter, zName, zOrganisation, zOrganisationPage, zOrganisationPut, zPageLimit, zSearch } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { authorOf } from '../author.js';
import { OrganisationsService } from './organisations.service.js';

@Controller('api/registry/organisations')
@Needs('registry:read')
export class OrganisationsController {
  constructor(private readonly organisations: OrganisationsService) {}

  @Get()
  @Answers(zOrganisationPage)
  page(
    @Query('q', { schema: zSearch }) q: string | undefined,
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<OrganisationPage> {
    return this.organisations.page({ q, after, limit });
  }

  @Get(':organisation')
  @Answers(zOrganisation)
  one(@Param('organisation', { schema: zName }) organisation: string): Promise<Organisation> {
    return this.organisations.one(organisation);
  }

  @Put(':organisation')
  @Needs('registry:write')
  @Answers(zOrganisation)
  put(
    @AskedBy() session: SessionFacts | null,
    @Param('organisation', { schema: zName }) organisation: string,
    @Body({ schema: zOrganisationPut }) put: OrganisationPut,
  ): Promise<Organisation> {
    return this.organisations.put(authorOf(session), organisation, put);
  }
}
