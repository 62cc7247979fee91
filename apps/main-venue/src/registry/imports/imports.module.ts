import type { OnApplicationBootstrap } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { CONFIG, PROFILE } from '../../core/tokens.js';
import { ListFaultEntity, ListImportEntity } from '../entities.js';
import { RegistryView } from '../live/registry-view.js';
import { RegistryBook } from '../record/registry-book.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { ListFiles } from './list-files.js';
import { ListImporter } from './list-importer.js';
import { ListWriter } from './list-writer.js';
import { RegistryImportProcessor } from './registry-import.processor.js';

/** Lists of people, organisations, experts and certificates, taken in line by line. */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([ListImportEntity, ListFaultEntity])],
  controllers: [ImportsController],
  providers: [
    ImportsService,
    {
      provide: ListFiles,
      useFactory: (config: Config) => new ListFiles(join(config.DATA_DIR, 'lists'), config.LIST_BYTES_MAX),
      inject: [CONFIG],
    },
    {
      provide: ListImporter,
      useFactory: (source: DataSource, book: RegistryBook, files: ListFiles, profile: CryptoProfile, view: RegistryView, clock: Clock) =>
        new ListImporter(
          source,
          book,
          files,
          new ListWriter(profile, (certificate) => view.checkCertificate(certificate, clock.instant())),
        ),
      inject: [DataSource, RegistryBook, ListFiles, PROFILE, RegistryView, Clock],
    },
    RegistryImportProcessor,
  ],
})
export class ImportsModule implements OnApplicationBootstrap {
  constructor(private readonly imports: ImportsService) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.imports.forgetEnded();
  }
}
