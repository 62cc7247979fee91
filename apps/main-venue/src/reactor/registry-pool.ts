import { canonicalText } from '@app/contracts';
import type { LotState, Pool } from '@app/evaluation';
import { bindingOf } from '@app/evaluation';
import { DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { DataSource } from 'typeorm';
import { CertificateEntity, ExpertEntity, SeatEntity } from '../registry/entities.js';
import type { NodeSecrets } from './node-secrets.js';
import type { ContactResult } from './ports.js';
import { ExpertPool } from './ports.js';

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

/** The expert pool of the registry, seen through one lot's pseudonyms. */
export class RegistryPool extends ExpertPool {
  constructor(
    private readonly dataSource: DataSource,
    private readonly profile: CryptoProfile,
    private readonly secrets: NodeSecrets,
    private readonly line: ContactLine,
  ) {
    super();
  }

  get askAgainMs(): number {
    return this.line.askAgainMs;
  }

  async snapshot(state: LotState): Promise<Pool> {
    const experts = await this.#experts();
    const conflicted = organisationsOf(state);
    const people = peopleOf(state);
    // 条例 46 with 12号令 12 and 198号 16, as far as the registry knows: employed by a party, or a party himself.
    const free = experts.filter(
      ({ person }) => !people.has(person.id) && (person.organisation === null || !conflicted.has(person.organisation.id)),
    );
    const candidates = free
      .map(({ person, specialties, city }) => ({
        id: this.secrets.pseudonym(state.origin, person.id),
        specialties: [...specialties].sort(),
        city,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (candidates.length === 0) throw new DomainError('E_DRAW_EXHAUSTED', 'the expert pool has nobody without a recusal');
    const index = experts.map(({ person, specialties, city }) => ({ person: person.id, specialties, city }));
    return { index: this.profile.hashHex(canonicalText(index)), candidates, recused: experts.length - free.length };
  }

  async contact(state: LotState, candidate: string, party: string, venue: string): Promise<ContactResult | null> {
    const expert = (await this.#experts()).find(({ person }) => this.secrets.pseudonym(state.origin, person.id) === candidate);
    if (expert === undefined) return { outcome: 'TIMEOUT', reason: 'not in the pool any more', evidence: null, seat: null, binding: null };
    const { person } = expert;
    const call = await this.line.call({ id: person.id, name: person.name }, venue, candidate);
    if (call === null) return null;
    const evidence = this.profile.hashHex(call.evidence);
    if (call.outcome !== 'ACCEPTED') return { outcome: call.outcome, reason: call.reason, evidence, seat: null, binding: null };
    const certificate = await this.dataSource.getRepository(CertificateEntity).findOne({ where: { person: { id: person.id } } });
    const organisation = person.organisation === null ? null : { id: person.organisation.id, name: person.organisation.name };
    const binding = {
      party,
      person: { id: person.id, name: person.name },
      organisation,
      certificate: certificate?.fingerprint ?? null,
      nodeKey: null,
    };
    return { outcome: 'ACCEPTED', reason: null, evidence, seat: await this.#freeSeat(state, venue), binding };
  }

  async #experts(): Promise<ExpertEntity[]> {
    return this.dataSource
      .getRepository(ExpertEntity)
      .find({ where: { active: true }, relations: { person: { organisation: true } }, order: { personId: 'ASC' } });
  }

  /** The first seat of the venue that nobody of this lot has; null when the room decides at sign-in. */
  async #freeSeat(state: LotState, venue: string): Promise<string | null> {
    const seats = await this.dataSource.getRepository(SeatEntity).find({ where: { room: { venue: { id: venue } } }, order: { id: 'ASC' } });
    const taken = new Set(Object.values(state.parties).map(({ seat }) => seat));
    return seats.find(({ id }) => !taken.has(id))?.id ?? null;
  }
}

const bindings = (state: LotState) => Object.keys(state.parties).map((party) => bindingOf(state, party));
const organisationsOf = (state: LotState): Set<string> => new Set(bindings(state).flatMap((binding) => binding?.organisation?.id ?? []));
const peopleOf = (state: LotState): Set<string> => new Set(bindings(state).flatMap((binding) => binding?.person?.id ?? []));

/** A demonstration's experts are always at home and say yes. */
export const DEMO_LINE: ContactLine = {
  askAgainMs: 1_000,
  call: ({ id }, venue) =>
    Promise.resolve({ outcome: 'ACCEPTED', reason: null, evidence: `demonstration call to ${id} for ${venue}: accepted` }),
};
/** Without a telephone or message service nobody is called: the draw waits, and says so by the open places. */
export const NO_LINE: ContactLine = { askAgainMs: 60_000, call: () => Promise.resolve(null) };
