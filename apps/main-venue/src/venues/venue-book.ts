import type { VenueRegistry } from '@app/contracts';
import { zRole } from '@app/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataSource, In, IsNull } from 'typeorm';
import { POOL } from '../core/tokens.js';
import { PartyMarks } from '../pipeline/party-marks.js';
import { AuthorityEntity, CertificateEntity, PersonEntity, RegistryStateEntity, VenueEntity } from '../registry/entities.js';

/** A log that a venue has to follow. */
export interface FollowedLot {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
  readonly size: number;
}

/** What is pushed to a site, without what the line adds. */
export type KnownRegistry = Omit<VenueRegistry, 'v' | 'at' | 'answerKey' | 'logKey'>;

/** What the main venue's tables say of a venue: its lots, and the persons it must know to let its seats work alone. */
export abstract class VenueBook {
  abstract lotsOf(venue: string): Promise<FollowedLot[]>;
  /** `version`: the registry is at least as new. */
  abstract registryFor(venue: string): Promise<KnownRegistry>;
}

type Role = VenueRegistry['venues'][number]['role'];
interface Seated {
  readonly origin: string;
  readonly party: string;
  readonly roles: string[];
}
type SeatRow = Seated & { readonly mark: Buffer; readonly sealed: Buffer };
type Seat = Seated & { readonly person: string };

@Injectable()
export class DatabaseVenueBook extends VenueBook {
  constructor(
    @Inject(POOL) private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly dataSource: DataSource,
    private readonly marks: PartyMarks,
  ) {
    super();
  }

  async lotsOf(venue: string): Promise<FollowedLot[]> {
    const { rows } = await this.pool.query<FollowedLot>(
      `SELECT l.origin, l.lot, l.round, l.size FROM log l
       WHERE l.lot IS NOT NULL AND EXISTS (SELECT 1 FROM lot_party p WHERE p.log_id = l.id AND (p.venue = $1 OR p.party = $2))
       ORDER BY l.origin`,
      [venue, `node:${venue}`],
    );
    return rows;
  }

  async registryFor(venue: string): Promise<KnownRegistry> {
    // Read first: what follows is at least as new as it says.
    const state = await this.dataSource.getRepository(RegistryStateEntity).findOneBy({ id: 1 });
    const seats = await this.#seatsAt(venue);
    const seated = In([...new Set(seats.map(({ person }) => person))]);
    const [persons, certificates, venues, authorities] = await Promise.all([
      this.dataSource.getRepository(PersonEntity).find({ where: { id: seated }, relations: { organisation: true }, order: { id: 'ASC' } }),
      this.dataSource.getRepository(CertificateEntity).find({
        where: { person: { id: seated }, revokedAt: IsNull() },
        relations: { person: true },
        order: { fingerprint: 'ASC' },
      }),
      this.dataSource.getRepository(VenueEntity).find({ order: { id: 'ASC' } }),
      this.dataSource.getRepository(AuthorityEntity).find({ order: { fingerprint: 'ASC' } }),
    ]);
    const organisations = new Map(persons.flatMap(({ organisation }) => (organisation === null ? [] : [[organisation.id, organisation]])));
    return {
      version: state?.version ?? 0,
      venues: venues.map(({ id, name, role, nodeKey, witnessKey }) => ({ id, name, role: role as Role, nodeKey, witnessKey })),
      organisations: [...organisations.values()].map(({ id, name }) => ({ id, name })),
      persons: persons.map(({ id, name, organisation }) => ({ id, name, organisation: organisation?.id ?? null })),
      certificates: certificates.map(({ person, certificate }) => ({ person: person.id, certificate })),
      authorities: authorities.map(({ certificate, revocationList }) => ({ certificate, revocationList })),
      seats: seats.map(({ origin, party, roles, person }) => ({ origin, party, person, roles: roles.map((role) => zRole.parse(role)) })),
    };
  }

  async #seatsAt(venue: string): Promise<Seat[]> {
    const { rows } = await this.pool.query<SeatRow>(
      `SELECT l.origin, p.party, p.roles, p.person_mark AS mark, p.person_sealed AS sealed FROM lot_party p JOIN log l ON l.id = p.log_id
       WHERE p.venue = $1 AND p.person_mark IS NOT NULL ORDER BY l.origin, p.party`,
      [venue],
    );
    return rows.map(({ sealed, mark, ...seat }) => ({ ...seat, person: this.marks.open(sealed, mark) }));
  }
}
