import { Module } from '@nestjs/common';
import { SealedActs } from './sealed-acts.js';

/** Acts and changes of the registry as they are kept until they may be opened. */
@Module({ providers: [SealedActs], exports: [SealedActs] })
export class ActsModule {}
