import type { LotSummary } from '@app/contracts';
import { type EngineLimit, nextOf } from '@app/evaluation';
import type { Pool } from 'pg';
import type { SessionFacts } from '@app/venue';
import type { PartyMarks } from '../pipeline/party-marks.js';

interface SummaryRow {
  lot: string;
  round: number;
  origin: string;
  code: string;
  name: string;
  regime: string;
  status: string;
  size: number;
  updated_at: Date;
  limits: EngineLimit[];
  parties: string[] | null;
  roles: string[] | null;
}

/** Lots in one answer; above it the newest are shown. */
const LOTS_LISTED_MAX = 500;

const COLUMNS = `s.lot, s.round, l.origin, s.code, s.name, s.regime, s.status, l.size, l.updated_at, s.limits`;

/** Lists lots from the projections. */
export class LotDirectory {
  constructor(
    private readonly pool: Pool,
    private readonly marks: Pick<PartyMarks, 'mark'>,
  ) {}

  /** Lots in which this person has a part. */
  async ofPerson({ person, organisation, fingerprint }: SessionFacts): Promise<LotSummary[]> {
    const { rows } = await this.pool.query<SummaryRow>(
      `SELECT ${COLUMNS}, array_agg(p.party ORDER BY p.party) AS parties,
              array_agg(array_to_string(p.roles, ',') ORDER BY p.party) AS roles
       FROM lot_party p JOIN lot_summary s ON s.log_id = p.log_id JOIN log l ON l.id = s.log_id
       WHERE p.node_key IS NULL AND (p.certificate_mark IS NULL OR p.certificate_mark = $3)
         AND (p.person_mark = $1 OR (p.person_mark IS NULL AND p.organisation_mark = $2))
       GROUP BY s.log_id, l.id ORDER BY l.updated_at DESC LIMIT ${String(LOTS_LISTED_MAX)}`,
      [
        this.marks.mark('person', person.id),
        this.marks.mark('organisation', organisation?.id ?? null),
        this.marks.mark('certificate', fingerprint),
      ],
    );
    return rows.map(toSummary);
  }

  /** Lots that everybody may see. */
  async ofPublic(): Promise<LotSummary[]> {
    const { rows } = await this.pool.query<SummaryRow>(
      `SELECT ${COLUMNS}, NULL AS parties, NULL AS roles FROM lot_summary s JOIN log l ON l.id = s.log_id
       WHERE s.is_public ORDER BY l.updated_at DESC LIMIT ${String(LOTS_LISTED_MAX)}`,
    );
    return rows.map(toSummary);
  }

  /** One lot as lists show it to the public; null for one that is not there. */
  async one(origin: string): Promise<LotSummary | null> {
    const { rows } = await this.pool.query<SummaryRow>(
      `SELECT ${COLUMNS}, NULL AS parties, NULL AS roles FROM lot_summary s JOIN log l ON l.id = s.log_id WHERE l.origin = $1`,
      [origin],
    );
    return rows[0] === undefined ? null : toSummary(rows[0]);
  }
}

function toSummary(row: SummaryRow): LotSummary {
  const { lot, round, origin, code, name, regime, status, size, limits, roles } = row;
  const parties = row.parties ?? [];
  const updatedAt = row.updated_at.toISOString();
  return {
    lot,
    round,
    origin,
    code,
    name,
    regime,
    status,
    size,
    updatedAt,
    nextLimit: nextOf(limits, parties, updatedAt),
    parties: parties.map((party, index) => ({
      party,
      roles: (roles?.[index] ?? '').split(',').filter((role) => role !== '') as LotSummary['parties'][number]['roles'],
    })),
  };
}
