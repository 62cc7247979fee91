import { Module } from '@nestjs/common';
import { ReplicaRepository } from './replica.repository.js';
import { Replicas } from './replicas.js';

/** The lots that this site follows, verified and on its disk. */
@Module({ providers: [ReplicaRepository, Replicas], exports: [ReplicaRepository, Replicas] })
export class ReplicaModule {}
