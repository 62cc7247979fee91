import type { FoundingPeople, FoundingSide, FoundingVenue } from '@app/contracts';
import { zAfter, zFoundingLimit, zFoundingPeople, zFoundingSide, zFoundingVenue, zSearch } from '@app/contracts';
import { Answers, Needs } from '@app/venue';
import { Controller, Get, Query } from '@nestjs/common';
import { FoundingService } from './founding.service.js';

@Controller('api/founding')
@Needs('lots:found')
export class FoundingController {
  constructor(private readonly founding: FoundingService) {}

  @Get('people')
  @Answers(zFoundingPeople)
  people(
    @Query('side', { schema: zFoundingSide }) side: FoundingSide,
    @Query('q', { schema: zSearch }) q: string | undefined,
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zFoundingLimit }) limit: number,
  ): Promise<FoundingPeople> {
    return this.founding.people({ side, q: q ?? '', after, limit });
  }

  @Get('venues')
  @Answers(zFoundingVenue.array())
  venues(): Promise<FoundingVenue[]> {
    return this.founding.venues();
  }
}
