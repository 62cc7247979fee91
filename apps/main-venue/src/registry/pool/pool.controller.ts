import type { Expert, ExpertPage, ExpertPut } from '@app/contracts';
import { zAfter, zCity, zExpert, zExpertPage, zExpertPut, zName, zPageLimit, zSearch, zSpecialty } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { authorOf } from '../author.js';
import { PoolService } from './pool.service.js';

@Controller('api/registry/experts')
@Needs('registry:read')
export class PoolController {
  constructor(private readonly pool: PoolService) {}

  @Get()
  @Answers(zExpertPage)
  page(
    @Query('q', { schema: zSearch }) q: string | undefined,
    @Query('city', { schema: zCity.optional() }) city: string | undefined,
    @Query('specialty', { schema: zSpecialty.optional() }) specialty: string | undefined,
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<ExpertPage> {
    return this.pool.page({ q, city, specialty, after, limit });
  }

  @Put(':person')
  @Needs('registry:write')
  @Answers(zExpert)
  put(
    @AskedBy() session: SessionFacts | null,
    @Param('person', { schema: zName }) person: string,
    @Body({ schema: zExpertPut }) put: ExpertPut,
  ): Promise<Expert> {
    return this.pool.put(authorOf(session), person, put);
  }
}
