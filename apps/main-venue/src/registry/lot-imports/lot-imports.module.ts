import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryCoreModule } from '../registry-core.module.js';
import { LotImportEntity } from './lot-import.entity.js';
import { LotImportsController } from './lot-imports.controller.js';
import { LotImportsService } from './lot-imports.service.js';

/** Lots that upstream trading platforms hand over to agencies. */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([LotImportEntity])],
  controllers: [LotImportsController],
  providers: [LotImportsService],
})
export class LotImportsModule {}
