import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { ReplicaModule } from '../replica/replica.module.js';
import { UplinkModule } from '../uplink/uplink.module.js';
import { KeeperRepository } from './keeper.repository.js';
import { Keeper } from './keeper.js';

/** The keeper of this site: acts by itself on what the replicas show. */
@Module({ imports: [ReplicaModule, OutboxModule, UplinkModule], providers: [KeeperRepository, Keeper] })
export class KeeperModule {}
