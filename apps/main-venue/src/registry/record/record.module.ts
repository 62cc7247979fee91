import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RegistryChangeEntity } from '../entities.js';
import { RecordService } from './record.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { ActsModule } from '../../acts/acts.module.js';

/** The record of the registry's changes. */
@Module({ imports: [RegistryCoreModule, ActsModule, TypeOrmModule.forFeature([RegistryChangeEntity])], providers: [RecordService] })
export class RecordModule {}
