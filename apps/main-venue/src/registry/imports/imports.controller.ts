import type { ListFaultPage, ListFormat, ListImport, ListImportPage, ListKind } from '@app/contracts';
import { zAfter, zListFaultPage, zListFormat, zListImport, zListImportPage, zListKind, zListName, zPageLimit, zUuid } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { Request } from 'express';
import { authorOf } from '../author.js';
import { ImportsService } from './imports.service.js';

@Controller('api/registry/imports')
@Needs('registry:write')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post()
  @HttpCode(202)
  @ApiConsumes('application/octet-stream')
  @Answers(zListImport, 202)
  add(
    @AskedBy() session: SessionFacts | null,
    @Query('kind', { schema: zListKind }) kind: ListKind,
    @Query('format', { schema: zListFormat }) format: ListFormat,
    @Query('name', { schema: zListName }) name: string,
    @Req() body: Request,
  ): Promise<ListImport> {
    return this.imports.add(authorOf(session), { kind, format, name, body });
  }

  @Get()
  @Needs('registry:read')
  @Answers(zListImportPage)
  page(
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<ListImportPage> {
    return this.imports.page({ after, limit });
  }

  @Get(':import')
  @Needs('registry:read')
  @Answers(zListImport)
  one(@Param('import', { schema: zUuid }) id: string): Promise<ListImport> {
    return this.imports.one(id);
  }

  @Get(':import/faults')
  @Needs('registry:read')
  @Answers(zListFaultPage)
  faults(
    @Param('import', { schema: zUuid }) id: string,
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<ListFaultPage> {
    return this.imports.faultsOf(id, { after, limit });
  }
}
