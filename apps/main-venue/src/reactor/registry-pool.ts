import type { BlobStore } from '@app/blobs';
import { canonicalText, toHex, utf8 } from '@app/contracts';
import type { Candidate, LotState, Pool } from '@app/evaluation';
import { excludedFrom, personSeal, placeOf, PoolList, standingsOf } from '@app/evaluation';
import { Frontier, TreeHasher } from '@app/ledger';
import { DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { CertificateEntity, ExpertEntity, SeatEntity } from '../registry/entities.js';
import type { NodeSecrets } from './node-secrets.js';
import type { ContactResult, ListedPool } from './ports.js';
import { ExpertPool } from './ports.js';

/** Experts that are read at a time. */
const PAGE = 2_000;

interface ExpertRow {
  readonly id: string;
  readonly specialties: readonly string[];
  readonly city: string;
  readonly active: boolean;
  readonly organisation: string | null;
}

/** How a drawn expert is reached. Tells him time and place, never project, tenderer or agency (domain.md §5.4). */
export interface ContactLine {
  /** Milliseconds between two questions for the outcome of one call. */
  readonly askAgainMs: number;
  /**
   * Null while the call goes on. `evidence` is the record of the call, as text. `call` names it: asking again under the same name is
   * the same call, and answers the same outcome once there is one.
   */
  call(
    person: { readonly id: string; readonly name: string },
    venue: string,
    call: string,
  ): Promise<{ outcome: ContactResult['outcome']; reason: string | null; evidence: string } | null>;
}

/** 条例 46 with 12号令 12 and 198号 16, as far as the registry knows: employed by a party of another side, or a party himself. */
function recusalsOf(state: LotState): (person: string, organisation: string | null) => boolean {
  const { people, organisations } = excludedFrom('expert', standingsOf(state));
  return (person, organisation) => people.has(person) || (organisation !== null && organisations.has(organisation));
}

/** The expert pool of the registry, seen through one lot's pseudonyms. */
export class RegistryPool extends ExpertPool {
  constructor(
    private readonly dataSource: DataSource,
    private readonly profile: CryptoProfile,
    private readonly secrets: NodeSecrets,
    private readonly line: ContactLine,
    private readonly blobs: Pick<BlobStore, 'put'>,
  ) {
    super();
  }

  get askAgainMs(): number {
    return this.line.askAgainMs;
  }

  async snapshot(state: LotState): Promise<Pool> {
    const { index, free, recused } = await this.#free(state);
    const list = PoolList.of(this.profile, free);
    const bytes = list.bytes();
    const blob = createHash('sha256').update(bytes).digest('hex');
    await this.blobs.put(blob, Readable.from([bytes]));
    return { index, root: list.root, count: list.count, blob, recused };
  }

  async listed(state: LotState): Promise<ListedPool> {
    const { index, free, recused } = await this.#free(state);
    const candidates = free.map(({ id, specialties, city }) => ({ id, specialties, city })).sort((a, b) => (a.id < b.id ? -1 : 1));
    return { index, candidates, recused };
  }

  async contact(state: LotState, candidate: string, party: string, venue: string): Promise<ContactResult | null> {
    const expert = await this.#behind(state, candidate);
    const { person } = expert;
    const seen = { person: { id: person.id, salt: this.#seal(state, person.id).salt }, seat: null, binding: null };
    // The second of four moments: since the list was made the lot may know more people, the bidders first of all.
    if (recusalsOf(state)(person.id, person.organisation?.id ?? null))
      return { ...seen, outcome: 'RECUSED', reason: 'employed by a party, or a party', evidence: null };
    if (!expert.active) return { ...seen, outcome: 'TIMEOUT', reason: 'not in the pool any more', evidence: null };
    const call = await this.line.call({ id: person.id, name: person.name }, venue, candidate);
    if (call === null) return null;
    const evidence = this.profile.commitment(seen.person.salt, canonicalText(call.evidence));
    if (call.outcome !== 'ACCEPTED') return { ...seen, outcome: call.outcome, reason: call.reason, evidence };
    const certificate = await this.dataSource.getRepository(CertificateEntity).findOne({ where: { person: { id: person.id } } });
    const organisation = person.organisation === null ? null : { id: person.organisation.id, name: person.organisation.name };
    const binding = {
      party,
      person: { id: person.id, name: person.name },
      organisation,
      certificate: certificate?.fingerprint ?? null,
      nodeKey: null,
    };
    return { ...seen, outcome: 'ACCEPTED', reason: null, evidence, seat: await this.#freeSeat(state, venue), binding };
  }

  /** Whoever may be drawn, and a root over everybody who was looked at. Rows come by the page and leave nothing but their records. */
  async #free(state: LotState): Promise<{ index: string; free: Candidate[]; recused: number }> {
    const isRecused = recusalsOf(state);
    const hasher = new TreeHasher(this.profile.hash);
    const index = new Frontier(hasher);
    const free: Candidate[] = [];
    for await (const { id, specialties, city, organisation, active } of this.#rows()) {
      if (!active) continue;
      index.append(hasher.leaf(utf8(canonicalText({ person: id, specialties, city }))));
      if (isRecused(id, organisation)) continue;
      const { seal } = this.#seal(state, id);
      free.push({ id: this.secrets.pseudonym(state.origin, id), specialties: [...specialties].sort(), city, person: seal });
    }
    if (free.length === 0) throw new DomainError('E_DRAW_EXHAUSTED', 'the expert pool has nobody without a recusal');
    return { index: toHex(index.root()), free, recused: index.size - free.length };
  }

  async #behind(state: LotState, candidate: string): Promise<ExpertEntity> {
    for await (const { id } of this.#rows()) {
      if (this.secrets.pseudonym(state.origin, id) !== candidate) continue;
      const relations = { person: { organisation: true } };
      return this.dataSource.getRepository(ExpertEntity).findOneOrFail({ where: { personId: id }, relations });
    }
    throw new DomainError('UNAVAILABLE', `Nobody of the registry stands behind ${candidate}.`);
  }

  #seal(state: LotState, person: string): ReturnType<typeof personSeal> {
    return personSeal(this.profile, this.secrets.mappingKey(state.origin), person);
  }

  /** Every expert in the order of their ids, as the registry was when the first page was read. */
  async *#rows(): AsyncGenerator<ExpertRow> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      for (let after: string | null = ''; after !== null;) {
        const rows: ExpertRow[] = await runner.manager
          .createQueryBuilder(ExpertEntity, 'expert')
          .innerJoin('expert.person', 'person')
          .select('expert.personId', 'id')
          .addSelect('expert.specialties', 'specialties')
          .addSelect('expert.city', 'city')
          .addSelect('expert.active', 'active')
          .addSelect('person.organisation_id', 'organisation')
          .where('expert.personId > :after', { after })
          .orderBy('expert.personId')
          .limit(PAGE)
          .getRawMany<ExpertRow>();
        yield* rows;
        after = rows.length < PAGE ? null : (rows.at(-1)?.id ?? null);
      }
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }

  /** The first seat of the venue that nobody of this lot has; null when the room decides at sign-in. */
  async #freeSeat(state: LotState, venue: string): Promise<string | null> {
    const seats = await this.dataSource.getRepository(SeatEntity).find({ where: { room: { venue: { id: venue } } }, order: { id: 'ASC' } });
    const taken = new Set(Object.keys(state.parties).map((party) => placeOf(state, party).seat));
    return seats.find(({ id }) => !taken.has(id))?.id ?? null;
  }
}

/** A demonstration's experts are always at home and say yes. */
export const DEMO_LINE: ContactLine = {
  askAgainMs: 1_000,
  call: ({ id }, venue) =>
    Promise.resolve({ outcome: 'ACCEPTED', reason: null, evidence: `demonstration call to ${id} for ${venue}: accepted` }),
};
/** Without a telephone or message service nobody is called: the draw waits, and says so by the open places. */
export const NO_LINE: ContactLine = { askAgainMs: 60_000, call: () => Promise.resolve(null) };
