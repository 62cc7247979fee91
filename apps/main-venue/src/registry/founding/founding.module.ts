import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CertificateEntity, PersonEntity, VenueEntity } from '../entities.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { FoundingController } from './founding.controller.js';
import { FoundingService } from './founding.service.js';

/** What founders of lots look up. */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([PersonEntity, CertificateEntity, VenueEntity])],
  controllers: [FoundingController],
  providers: [FoundingService],
})
export class FoundingModule {}
