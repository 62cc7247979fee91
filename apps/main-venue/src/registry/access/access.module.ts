import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessRoleEntity, PersonRoleEntity } from '../entities.js';
import { AccessService } from './access.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { AccessController } from './access.controller.js';

/** Roles and rights as data (权限). */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([AccessRoleEntity, PersonRoleEntity])],
  controllers: [AccessController],
  providers: [AccessService],
})
export class AccessModule {}
