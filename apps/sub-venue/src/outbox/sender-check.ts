import type { SignedCommand } from '@app/contracts';
import { lotOrigin, seatOf } from '@app/evaluation';
import type { Config } from '@app/platform';
import { DomainError } from '@app/platform';
import { checkSignedCommand, isGrantedFor } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';

/** What the check asks of this site's replicas. */
export interface FollowedLots {
  find(origin: string): Pick<Replica, 'state'> | undefined;
}

/**
 * Whose commands this site keeps: its own node's, and those of people who are seated here, for the part that they have at this site. What
 * nobody here has signed is turned away before it takes a place on the disk or in anybody's queue (SEC-15).
 */
@Injectable()
export class SenderCheck {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION' | 'VENUE_ID'>,
    @Inject(SiteCrypto) private readonly crypto: Pick<SiteCrypto, 'profile' | 'nodeKey'>,
    @Inject(SiteTrust) private readonly trust: Pick<SiteTrust, 'checkCertificate' | 'holder' | 'seatsOf'>,
    @Inject(Replicas) private readonly lots: FollowedLots,
  ) {}

  /** `at`: receipt here. Throws what the main venue would refuse with, or NOT_SEATED. Synchronous: who sends first is kept first. */
  require(signed: SignedCommand, at: string): void {
    const { INSTALLATION: installation, VENUE_ID } = this.config;
    const { lot, round, actor } = signed.command;
    if (lot === null || round === null)
      throw new DomainError('WRONG_LOG', 'A site keeps commands for lots alone: send it to the main venue.');
    const node = `node:${VENUE_ID}`;
    const checked = checkSignedCommand(this.crypto.profile, signed, {
      installation,
      origin: lotOrigin(installation, lot, round),
      at,
      certificate: (der, when) => this.trust.checkCertificate(der, when),
      nodeKey: (name) => (name === node ? this.crypto.nodeKey : null),
    });
    if (!checked.ok) throw new DomainError(checked.code, checked.message);
    const isSeated = checked.fingerprint === null ? actor.party === node : this.#sits(checked.fingerprint, signed);
    if (!isSeated)
      throw new DomainError('NOT_SEATED', `You have no seat at this site as ${actor.party} of the lot. Send it to the main venue.`);
    this.#requireSeat(signed);
  }

  #sits(fingerprint: string, { command: { origin, actor } }: SignedCommand): boolean {
    const holder = this.trust.holder(fingerprint);
    return holder !== null && this.trust.seatsOf(holder.person.id).some((seat) => seat.origin === origin && seat.party === actor.party);
  }

  /** The main venue asks the same again; here a stolen key does not even wait. */
  #requireSeat({ signer, command: { origin, actor } }: SignedCommand): void {
    const seat = (): string | null => {
      const replica = this.lots.find(origin);
      return replica === undefined ? null : seatOf(replica.state, actor.party);
    };
    if (!isGrantedFor(signer, seat))
      throw new DomainError('E_SEAT_MISMATCH', 'The session key was granted for another seat than yours. Grant one for this seat.');
  }
}
