import type { NoteSigner, NoteSuite, VerifierKey } from '@app/ledger';
import { SIGNATURE_TYPE } from '@app/ledger';
import type { Config } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { noteKey, noteSigner, noteSuite } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, PROFILE, SITE_KEYS } from '../core/tokens.js';
import type { SiteKeys } from '../site/site-keys.js';
import { SiteTrust } from '../site/site-trust.js';

/** Who this witness is, and whose logs it knows: those of the installation, by the key that was pinned for them. */
@Injectable()
export class WitnessIdentity {
  readonly suite: NoteSuite;
  /** Key of type cosignature, `<installation>/witness/<venue>`. */
  readonly signer: NoteSigner;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION' | 'VENUE_ID'>,
    @Inject(PROFILE) profile: CryptoProfile,
    @Inject(SITE_KEYS) keys: Pick<SiteKeys, 'witness'>,
    private readonly trust: SiteTrust,
  ) {
    this.suite = noteSuite(profile);
    const name = `${config.INSTALLATION}/witness/${config.VENUE_ID}`;
    this.signer = noteSigner(profile.signerFrom(keys.witness), name, SIGNATURE_TYPE.cosignature);
  }

  /** Keys trusted to sign checkpoints of a log; none: this witness does not know the log. */
  keysOf(origin: string): readonly VerifierKey[] {
    const tagged = origin.startsWith(`${this.config.INSTALLATION}/`) ? this.trust.logKey : null;
    const key = tagged === null ? null : noteKey(tagged, origin, SIGNATURE_TYPE.note);
    return key === null ? [] : [key];
  }
}
