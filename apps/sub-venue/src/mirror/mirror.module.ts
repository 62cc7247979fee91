import { Module } from '@nestjs/common';
import { ReplicaModule } from '../replica/replica.module.js';
import { MirrorController } from './mirror.controller.js';

/** Gives a main venue that was restored too short its own entries back. */
@Module({ imports: [ReplicaModule], controllers: [MirrorController] })
export class MirrorModule {}
