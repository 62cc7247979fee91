import type { PersonDetail, PersonPage, PersonPut } from '@app/contracts';
import { zAfter, zName, zPageLimit, zPersonDetail, zPersonPage, zPersonPut, zSearch } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { authorOf } from '../author.js';
import { PeopleService } from './people.service.js';

@Controller('api/registry/people')
@Needs('registry:read')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @Answers(zPersonPage)
  page(
    @Query('q', { schema: zSearch }) q: string | undefined,
    @Query('organisation', { schema: zName.optional() }) organisation: string | undefined,
    @Query('role', { schema: zName.optional() }) role: string | undefined,
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<PersonPage> {
    return this.people.page({ q, organisation, role, after, limit });
  }

  @Get(':person')
  @Answers(zPersonDetail)
  one(@Param('person', { schema: zName }) person: string): Promise<PersonDetail> {
    return this.people.one(person);
  }

  @Put(':person')
  @Needs('registry:write')
  @Answers(zPersonDetail)
  put(
    @AskedBy() session: SessionFacts | null,
    @Param('person', { schema: zName }) person: string,
    @Body({ schema: zPersonPut }) put: PersonPut,
  ): Promise<PersonDetail> {
    return this.people.put(authorOf(session), person, put);
  }
}
