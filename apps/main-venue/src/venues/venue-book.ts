import type { VenueRegistry } from '@app/contracts';
import { zRole } from '@app/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../core/tokens.js';
import { PartyMarks } from '../pipeline/party-marks.js';

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
interface SeatRow {
  readonly origin: string;
  readonly party: string;
  readonly roles: string[];
  readonly mark: Buffer;
  readonly sealed: Buffer;
}

@Injectable()
export class DatabaseVenueBook extends VenueBook {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
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
    const [state] = await this.#rows<{ version: number }>('SELECT version FROM registry_state WHERE id = 1', []);
    const rows = await this.#rows<SeatRow>(
      `SELECT l.origin, p.party, p.roles, p.person_mark AS mark, p.person_sealed AS sealed FROM lot_party p JOIN log l ON l.id = p.log_id
       WHERE p.venue = $1 AND p.person_mark IS NOT NULL ORDER BY l.origin, p.party`,
      [venue],
    );
    const seats = rows.map(({ sealed, mark, ...seat }) => ({ ...seat, person: this.marks.open(sealed, mark) }));
    const people = [...new Set(seats.map(({ person }) => person))];
    const persons = await this.#rows<{ id: string; name: string; organisation: string | null }>(
      'SELECT id, name, organisation_id AS organisation FROM person WHERE id = ANY($1) ORDER BY id',
      [people],
    );
    const organisations = await this.#rows<{ id: string; name: string }>(
      'SELECT id, name FROM organisation WHERE id = ANY($1) ORDER BY id',
      [persons.flatMap(({ organisation }) => organisation ?? [])],
    );
    return {
      version: state?.version ?? 0,
      venues: await this.#rows<{ id: string; name: string; role: Role; nodeKey: string; witnessKey: string | null }>(
        'SELECT id, name, role, node_key AS "nodeKey", witness_key AS "witnessKey" FROM venue ORDER BY id',
        [],
      ),
      organisations,
      persons,
      certificates: await this.#rows<{ person: string; certificate: string }>(
        'SELECT person_id AS person, certificate FROM certificate WHERE person_id = ANY($1) AND revoked_at IS NULL ORDER BY fingerprint',
        [people],
      ),
      authorities: await this.#rows<{ certificate: string; revocationList: string }>(
        'SELECT certificate, revocation_list AS "revocationList" FROM authority ORDER BY fingerprint',
        [],
      ),
      seats: seats.map(({ origin, party, roles, person }) => ({ origin, party, person, roles: roles.map((role) => zRole.parse(role)) })),
    };
  }

  async #rows<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }
}
