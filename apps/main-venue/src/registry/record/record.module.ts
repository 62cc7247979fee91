import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryChangeEntity } from '../entities.js';
import { RecordService } from './record.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { ActsModule } from '../../acts/acts.module.js';
import { RecordController } from './record.controller.js';

/** The record of the registry's changes. */
@Module({
  imports: [RegistryCoreModule, ActsModule, TypeOrmModule.forFeature([RegistryChangeEntity])],
  controllers: [RecordController],
  providers: [RecordService],
})
export class RecordModule {}
