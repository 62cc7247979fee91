import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExpertEntity } from '../entities.js';
import { PoolService } from './pool.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { PoolController } from './pool.controller.js';

/** The expert pool (评标专家库). */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([ExpertEntity])],
  controllers: [PoolController],
  providers: [PoolService],
})
export class PoolModule {}
