import type { RegistryKind, Right } from '@app/contracts';
import type { CertificateCheck, CryptoProfile } from '@app/sealing';
import { TrustStore } from '@app/sealing';
import type { DataSource } from 'typeorm';
import { accessOf } from '../access/access-guards.js';
import { AuthorityEntity, CertificateEntity, RegistryChangeEntity, RegistryStateEntity, VenueEntity } from '../entities.js';
import { KnownOnes } from './known-ones.js';
import type { Holder } from './registry.types.js';
import { refusedHere, Registry } from './registry.types.js';

const HOLDERS_KNOWN_MAX = 50_000;
/** Above it everything known is forgotten at once: a list of a million people is not read here. */
const CHANGES_READ_MAX = 5_000;

/** What a refresh found: the records that changed, null for more of them than were read. */
export interface RegistryNews {
  readonly version: number;
  readonly changed: readonly { readonly kind: RegistryKind; readonly subject: string }[] | null;
}

export type Standing = { readonly ok: true } | Extract<CertificateCheck, { ok: false }>;

interface KnownHolder extends Holder {
  readonly certificate: string;
}

/**
 * The registry as the hot path reads it. Authorities and venues are few and held whole; holders of certificates and rights of people are
 * read at first use and forgotten when a change names them. A refresh costs what has changed, not what there is.
 */
export class RegistryView extends Registry {
  #generation = 0;
  #version = -1;
  #trust: TrustStore;
  #roots: readonly string[] = [];
  #nodeKeys = new Map<string, string>();
  #venues: readonly VenueEntity[] = [];
  readonly #holders = new KnownOnes<KnownHolder | null>(HOLDERS_KNOWN_MAX);
  readonly #rights = new KnownOnes<readonly Right[]>(HOLDERS_KNOWN_MAX);
  /** Refreshes run one after the other. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly profile: CryptoProfile,
  ) {
    super();
    this.#trust = new TrustStore(profile, { roots: [], revocationLists: [] });
  }

  get generation(): number {
    return this.#generation;
  }
  get venues(): readonly VenueEntity[] {
    return this.#venues;
  }

  /** DER certificates of the authorities. */
  get roots(): readonly string[] {
    return this.#roots;
  }

  /** Everything that was committed before the call is in force when this resolves; null when nothing had changed. */
  refresh(): Promise<RegistryNews | null> {
    const run = this.#tail.then(() => this.#refresh());
    this.#tail = run.catch(() => undefined);
    return run;
  }

  async #refresh(): Promise<RegistryNews | null> {
    const { version } = await this.dataSource.getRepository(RegistryStateEntity).findOneByOrFail({ id: 1 });
    if (version === this.#version) return null;
    const changed = await this.#changedSince(version);
    const touches = (kind: RegistryKind): boolean => changed === null || changed.some((change) => change.kind === kind);
    // Read before anything is put in force: a refresh that fails is done again from the same version.
    const trust = touches('authority') ? await this.#readTrust() : null;
    const venues = touches('venue') ? await this.dataSource.getRepository(VenueEntity).find({ order: { id: 'ASC' } }) : null;
    if (trust !== null) [this.#trust, this.#roots] = [trust.store, trust.roots];
    if (venues !== null) {
      this.#venues = venues;
      this.#nodeKeys = new Map(venues.map((venue) => [venue.id, venue.nodeKey]));
    }
    if (this.#forget(changed) || trust !== null || venues !== null) this.#generation += 1;
    this.#version = version;
    return { version, changed };
  }

  async #changedSince(version: number): Promise<RegistryNews['changed']> {
    if (this.#version < 0) return null;
    const found = await this.dataSource
      .getRepository(RegistryChangeEntity)
      .createQueryBuilder('change')
      .select(['change.version', 'change.place', 'change.kind', 'change.subject'])
      .where('change.version > :from AND change.version <= :version', { from: this.#version, version })
      .limit(CHANGES_READ_MAX + 1)
      .getMany();
    return found.length > CHANGES_READ_MAX ? null : found.map(({ kind, subject }) => ({ kind: kind as RegistryKind, subject }));
  }

  async #readTrust(): Promise<{ readonly store: TrustStore; readonly roots: readonly string[] }> {
    const authorities = await this.dataSource.getRepository(AuthorityEntity).find();
    const roots = authorities.map((authority) => authority.certificate);
    const revocationLists = authorities.map((authority) => authority.revocationList);
    return { store: new TrustStore(this.profile, { roots, revocationLists }), roots };
  }

  /** Whether anything that somebody may hold on to was forgotten. */
  #forget(changed: RegistryNews['changed']): boolean {
    if (changed === null) {
      const heldHolders = this.#holders.forgetAll();
      return this.#rights.forgetAll() || heldHolders;
    }
    const of = (kind: RegistryKind): Set<string> => new Set(changed.flatMap((change) => (change.kind === kind ? [change.subject] : [])));
    const [certificates, persons, organisations] = [of('certificate'), of('person'), of('organisation')];
    const granted = new Set([...of('grant')].map((subject) => subject.split('/', 1)[0] ?? ''));
    const isRoleChanged = of('role').size > 0;
    this.#rights.forget((person) => isRoleChanged || granted.has(person) || persons.has(person));
    if (certificates.size + persons.size + organisations.size === 0) return false;
    return this.#holders.forget(
      (fingerprint, holder) =>
        certificates.has(fingerprint) ||
        (holder !== null && (persons.has(holder.person.id) || (holder.organisation !== null && organisations.has(holder.organisation.id)))),
    );
  }

  checkCertificate(der: string, at: string): CertificateCheck {
    return this.#trust.check(der, at);
  }

  /** Whether somebody who logged in with this certificate may go on at `at`. */
  async standing(fingerprint: string, at: string): Promise<Standing> {
    const holder = await this.#holder(fingerprint);
    if (holder === null) return { ok: false, code: 'CERT_UNKNOWN', message: 'The certificate is not bound to anyone here.' };
    const refused = refusedHere(holder, at);
    if (refused !== null) return { ok: false, code: 'CERT_REVOKED', message: refused };
    const check = this.#trust.check(holder.certificate, at);
    return check.ok ? { ok: true } : check;
  }

  async holder(fingerprint: string): Promise<Holder | null> {
    return this.#holder(fingerprint);
  }

  /** What a person may do beyond the acts of lots. */
  rightsOf(person: string): Promise<readonly Right[]> {
    return this.#rights.get(person, async () => (await accessOf(this.dataSource.manager, person)).rights);
  }

  nodeKey(name: string): string | null {
    return this.#nodeKeys.get(name.replace(/^node:/, '')) ?? null;
  }

  #holder(fingerprint: string): Promise<KnownHolder | null> {
    return this.#holders.get(fingerprint, async () => {
      const found = await this.dataSource
        .getRepository(CertificateEntity)
        .findOne({ where: { fingerprint }, relations: { person: { organisation: true } } });
      return found === null ? null : toHolder(found);
    });
  }
}

const toHolder = ({ person, certificate, revokedAt }: CertificateEntity): KnownHolder => ({
  person: { id: person.id, name: person.name },
  organisation: person.organisation === null ? null : { id: person.organisation.id, name: person.organisation.name },
  creditCode: person.organisation?.creditCode ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
  certificate,
});
