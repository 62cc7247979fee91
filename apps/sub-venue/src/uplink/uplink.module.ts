import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { ReplicaModule } from '../replica/replica.module.js';
import { Uplink } from './uplink.js';

/** The line to the main venue. */
@Module({ imports: [ReplicaModule, OutboxModule], providers: [Uplink], exports: [Uplink] })
export class UplinkModule {}
