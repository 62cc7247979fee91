import { PUBLISH_WEB_BUNDLE } from '@app/contracts';
import { isAct, platformOrigin } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Contributes } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, NODE_KEYS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import type { LogName } from '../pipeline/log-name.js';
import type { Addressed } from '../pipeline/stream-kind.js';
import { StreamKind } from '../pipeline/stream-kind.js';
import { COMMIT_ACTS, PlatformStream } from './platform-stream.js';

/** The one platform log of an installation. */
@Contributes(StreamKind)
@Injectable()
export class PlatformKind extends StreamKind {
  readonly origin: string;

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'INSTALLATION'>,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'node'>,
  ) {
    super();
    this.origin = platformOrigin(config.INSTALLATION);
  }

  holds({ origin }: LogName): boolean {
    return origin === this.origin;
  }

  /** Its own entries, and the acts whose commitments they will hold. */
  originOf({ type }: Addressed): string | null {
    return type === COMMIT_ACTS || type === PUBLISH_WEB_BUNDLE || isAct(type) ? this.origin : null;
  }

  initial(): PlatformStream {
    return new PlatformStream(this.keys.node.publicKey);
  }

  /** It is opened when the process starts. */
  founds(): boolean {
    return false;
  }
}
