import type { Outcome, SignedCommand } from '@app/contracts';
import { signWish } from '@app/client';
import type { LotState } from '@app/evaluation';
import { MAIN_NODE } from '@app/evaluation';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { NODE_KEYS, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import type { NodeAct } from './performer.js';

/** The main venue's node as a party: signs what it does by itself and sends it through the same pipeline as everybody. */
@Injectable()
export class NodeHand {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly clock: Clock,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'node'>,
  ) {}

  async submit(state: LotState, type: string, act: NodeAct): Promise<Outcome> {
    return (await this.pipeline.submit(await this.#sign(state, type, act))).outcome;
  }

  #sign(state: LotState, type: string, act: NodeAct): Promise<SignedCommand> {
    const { node } = this.keys;
    return signWish(
      this.profile,
      { signer: node, ref: { kind: 'node', name: 'main', publicKey: node.publicKey } },
      { origin: state.origin, lot: state.lot, round: state.round },
      {
        type,
        payload: act.payload,
        party: MAIN_NODE,
        at: this.clock.instant(),
        basis: state.size,
        ...(act.step === undefined ? {} : { step: act.step }),
        ...(act.secrets === undefined ? {} : { secrets: act.secrets }),
        ...(act.openings === undefined ? {} : { openings: act.openings }),
      },
    );
  }
}
