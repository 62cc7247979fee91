import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VenueEntity } from '../entities.js';
import { NodesService } from './nodes.service.js';
import { RegistryCoreModule } from '../registry-core.module.js';

/** Venues, their rooms and seats, and the keys of their nodes. */
@Module({ imports: [RegistryCoreModule, TypeOrmModule.forFeature([VenueEntity])], providers: [NodesService] })
export class PlacesModule {}
