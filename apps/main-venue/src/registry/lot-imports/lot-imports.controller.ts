import { zFoundingLimit, zUuid } from '@app/contracts';
import {
  type ImportedLot,
  type ImportedLotPage,
  type LotImport,
  type LotImported,
  zImportedLot,
  zImportedLotPage,
  zLotImport,
  zLotImported,
} from '@app/evaluation';
import type { KeyFacts, SessionFacts } from '@app/venue';
import { Answers, AskedBy, AskedByKey, Limited, Needs } from '@app/venue';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { askerOf } from '../author.js';
import { LotImportsService } from './lot-imports.service.js';

@Controller('api')
@Needs('lots:found')
export class LotImportsController {
  constructor(private readonly imports: LotImportsService) {}

  @Post('imports/lots')
  @HttpCode(200)
  @Needs('lots:import')
  @Limited('LOT_IMPORTS_PER_MINUTE_MAX')
  @Answers(zLotImported)
  take(@AskedByKey() key: KeyFacts, @Body({ schema: zLotImport }) content: LotImport): Promise<LotImported> {
    return this.imports.take(key, content);
  }

  @Get('founding/imports')
  @Answers(zImportedLotPage)
  page(
    @AskedBy() session: SessionFacts | null,
    @Query('after', { schema: zUuid.optional() }) after: string | undefined,
    @Query('limit', { schema: zFoundingLimit }) limit: number,
  ): Promise<ImportedLotPage> {
    return this.imports.page(askerOf(session), { after, limit });
  }

  @Get('founding/imports/:lot')
  @Answers(zImportedLot)
  one(@AskedBy() session: SessionFacts | null, @Param('lot', { schema: zUuid }) lot: string): Promise<ImportedLot> {
    return this.imports.one(askerOf(session), lot);
  }
}
