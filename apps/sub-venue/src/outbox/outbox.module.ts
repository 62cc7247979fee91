import { Module } from '@nestjs/common';
import { ReplicaModule } from '../replica/replica.module.js';
import { DRAW, drawRandom } from './backoff.js';
import { Courier } from './courier.js';
import { OutboxRepository } from './outbox.repository.js';
import { Outbox } from './outbox.js';
import { SenderCheck } from './sender-check.js';

/** Commands of the seats and of the node itself: kept on this disk, and delivered when there is a line. */
@Module({
  imports: [ReplicaModule],
  providers: [OutboxRepository, Outbox, SenderCheck, { provide: DRAW, useValue: drawRandom }, Courier],
  exports: [Outbox, Courier, DRAW],
})
export class OutboxModule {}
