import type { SignedWelcome, VenueHello } from '@app/contracts';
import { zVenueHandshake } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { signWith, verifyWith } from '@app/sealing';
import { UsedNonces } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, NODE_KEYS, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { VenueDirectory } from './venue-directory.js';

/**
 * Opens the line to a site only for the holder of the node key that the registry has for it. A hello serves once, and only
 * around the time it was made. The answer signs the same nonce, so that the site knows it speaks to the main venue.
 */
@Injectable()
export class HelloGate {
  readonly #nonces: UsedNonces;

  constructor(
    private readonly directory: VenueDirectory,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION'>,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'node'>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {
    this.#nonces = new UsedNonces(clock);
  }

  /** Throws MALFORMED, WRONG_LOG (another installation), FORBIDDEN (unknown venue, clock, repeated nonce) or BAD_SIGNATURE. */
  admit(auth: unknown): VenueHello {
    const parsed = zVenueHandshake.safeParse(auth);
    if (!parsed.success) throw new DomainError('MALFORMED', 'the handshake is not a hello');
    const { hello, signature } = parsed.data;
    const { INSTALLATION } = this.config;
    if (hello.installation !== INSTALLATION) throw new DomainError('WRONG_LOG', `this is ${INSTALLATION}`);
    const key = hello.venue === this.directory.main.id ? null : this.directory.nodeKey(hello.venue);
    if (key === null) throw new DomainError('FORBIDDEN', 'the registry has no such site');
    if (!verifyWith(this.profile, key, 'venueHello', hello, signature))
      throw new DomainError('BAD_SIGNATURE', 'the hello is not signed by this site');
    if (!this.#nonces.isInTime(hello.at))
      throw new DomainError('FORBIDDEN', 'the clock of the site is wrong, or the hello is from before this venue started');
    if (!this.#nonces.use(hello.nonce)) throw new DomainError('FORBIDDEN', 'this hello was used before');
    return hello;
  }

  /** Under a purpose of its own: what answers a hello is good for nothing else. */
  welcome(hello: VenueHello): SignedWelcome {
    const welcome = { ...hello, venue: this.directory.main.id, to: hello.venue, at: this.clock.instant() };
    return { welcome, signature: signWith(this.keys.node, 'venueWelcome', welcome) };
  }
}
