import type { Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Module } from '@nestjs/common';
import { CONFIG, PROFILE } from '../core/tokens.js';
import { ReplicaModule } from '../replica/replica.module.js';
import { Replicas } from '../replica/replicas.js';
import { ServedWeb } from './served-web.js';
import { TileSource } from './tile-source.js';
import { WitnessController } from './witness.controller.js';
import { WitnessIdentity } from './witness-identity.js';
import { Witness } from './witness.js';
import { WitnessRepository } from './witness.repository.js';
import { ReplicaJudgements } from './replica-judgements.js';
import type { TreeSource } from './witness.types.js';
import { JudgedLogs, TREE_SOURCES } from './witness.types.js';

/** The witness of a site: cosigns the installation's logs, can look leaves up in the replicas, and compares the web client that is served. */
@Module({
  imports: [ReplicaModule],
  controllers: [WitnessController],
  providers: [
    WitnessIdentity,
    WitnessRepository,
    Witness,
    ServedWeb,
    { provide: JudgedLogs, useClass: ReplicaJudgements },
    { provide: TREE_SOURCES, useFactory: treeSources, inject: [CONFIG, PROFILE, Replicas] },
  ],
  exports: [ServedWeb],
})
export class WitnessModule {}

function treeSources({ MAIN_URL }: Config, profile: CryptoProfile, replicas: Replicas): readonly TreeSource[] {
  return [
    { name: 'replica', isNear: true, tree: (origin, size) => Promise.resolve(replicas.find(origin)?.treeOf(size) ?? null) },
    // A replica refuses a forked log's pages, so its leaves come from the log itself: it must show what is under a head it signed.
    new TileSource(profile.hash, (origin) => (MAIN_URL === undefined ? null : `${MAIN_URL.replace(/\/+$/, '')}/log/${origin}`)),
  ];
}
