import type { NoteSigner, VerifierKey } from '@app/ledger';
import { SIGNATURE_TYPE } from '@app/ledger';
import type { Config } from '@app/platform';
import { noteSigner } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, NODE_KEYS } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';

/** The one key that signs every log of the installation, under the name of each. */
@Injectable()
export class LogKeys {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION'>,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'log'>,
  ) {}

  signerOf(origin: string): NoteSigner {
    return noteSigner(this.keys.log, origin, SIGNATURE_TYPE.note);
  }

  /** Keys that sign a log of this installation; none for a foreign origin. */
  verifiersOf(origin: string): readonly VerifierKey[] {
    return origin.startsWith(`${this.config.INSTALLATION}/`) ? [this.signerOf(origin)] : [];
  }
}
