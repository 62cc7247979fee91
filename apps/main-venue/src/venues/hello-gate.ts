import type { SignedWelcome, VenueHello } from '@app/contracts';
import { VENUE_WIRE, zVenueHandshake } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock, DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { signWith, verifyWith } from '@app/sealing';
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
  /** Nonces seen, with the time until which they must be remembered. */
  readonly #seen = new Map<string, number>();
  /** What was used before this process began is not known here: a hello from before is not taken. */
  readonly #since: string;

  constructor(
    private readonly directory: VenueDirectory,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION'>,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'node'>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
  ) {
    this.#since = clock.instant();
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
    const nowMs = this.clock.nowMs();
    if (Math.abs(Date.parse(hello.at) - nowMs) > VENUE_WIRE.helloSkewMsMax)
      throw new DomainError('FORBIDDEN', 'the clock of the site is wrong');
    if (hello.at < this.#since) throw new DomainError('FORBIDDEN', 'the hello is from before this venue started; make another one');
    this.#forget(nowMs);
    if (this.#seen.has(hello.nonce)) throw new DomainError('FORBIDDEN', 'this hello was used before');
    this.#seen.set(hello.nonce, nowMs + 2 * VENUE_WIRE.helloSkewMsMax);
    return hello;
  }

  /** Under a purpose of its own: what answers a hello is good for nothing else. */
  welcome(hello: VenueHello): SignedWelcome {
    const welcome = { ...hello, venue: this.directory.main.id, to: hello.venue, at: this.clock.instant() };
    return { welcome, signature: signWith(this.keys.node, 'venueWelcome', welcome) };
  }

  #forget(nowMs: number): void {
    for (const [nonce, untilMs] of this.#seen) {
      if (untilMs > nowMs) return;
      this.#seen.delete(nonce);
    }
  }
}
