import type { Config } from '@app/platform';
import { Clock } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, NODE_KEYS, PROFILE } from '../../core/tokens.js';
import type { NodeKeys } from '../../keys/node-keys.js';
import { RegistryView } from '../../registry/live/registry-view.js';
import type { Mirror } from './heal.types.js';
import { Mirrors } from './heal.types.js';
import { HttpMirror } from './http-mirror.js';

/** Every other venue of the registry keeps mirrors of the logs it has a part in. */
@Injectable()
export class SiteMirrors extends Mirrors {
  constructor(
    private readonly registry: RegistryView,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION' | 'VENUE_ID'>,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'node'>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {
    super();
  }

  all(): readonly Mirror[] {
    const { clock, profile } = this;
    const identity = {
      venue: this.config.VENUE_ID,
      installation: this.config.INSTALLATION,
      signer: this.keys.node,
      profile,
      clock,
    };
    return this.registry.venues.filter(({ role }) => role !== 'main').map(({ id, url }) => new HttpMirror(id, url, identity));
  }
}
