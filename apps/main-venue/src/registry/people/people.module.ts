import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CertificatesService } from './certificates.service.js';
import { CertificateEntity, OrganisationEntity, PersonEntity } from '../entities.js';
import { OrganisationsService } from './organisations.service.js';
import { PeopleService } from './people.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { CertificatesController } from './certificates.controller.js';
import { OrganisationsController } from './organisations.controller.js';
import { PeopleController } from './people.controller.js';

/** People, the organisations they act for, and their certificates. */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([PersonEntity, OrganisationEntity, CertificateEntity])],
  controllers: [CertificatesController, OrganisationsController, PeopleController],
  providers: [PeopleService, OrganisationsService, CertificatesService],
})
export class PeopleModule {}
