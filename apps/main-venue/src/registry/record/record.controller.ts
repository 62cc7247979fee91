import type { ChangePage, RegistryKind } from '@app/contracts';
import { zAfter, zChangePage, zName, zPageLimit, zRegistryKind } from '@app/contracts';
import { Answers, Needs } from '@app/venue';
import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { RecordService } from './record.service.js';

@Controller('api/registry/changes')
@Needs('registry:read')
export class RecordController {
  constructor(private readonly record: RecordService) {}

  @Get()
  @Answers(zChangePage)
  page(
    @Query('kind', { schema: zRegistryKind.optional() }) kind: RegistryKind | undefined,
    @Query('subject', { schema: z.string().max(200).optional() }) subject: string | undefined,
    @Query('person', { schema: zName.optional() }) person: string | undefined,
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<ChangePage> {
    return this.record.page({ kind, subject, person, after, limit });
  }
}
