import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VenueEntity } from '../entities.js';
import { NodesService } from './nodes.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { NodesController } from './nodes.controller.js';

/** Venues, their rooms and seats, and the keys of their nodes. */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([VenueEntity])],
  controllers: [NodesController],
  providers: [NodesService],
})
export class PlacesModule {}
