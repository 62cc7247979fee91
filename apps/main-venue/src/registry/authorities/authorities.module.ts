import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthorityEntity } from '../entities.js';
import { AuthoritiesService } from './authorities.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { AuthoritiesController } from './authorities.controller.js';

/** Trusted roots of certificates. */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([AuthorityEntity])],
  controllers: [AuthoritiesController],
  providers: [AuthoritiesService],
})
export class AuthoritiesModule {}
