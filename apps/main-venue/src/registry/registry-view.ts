import type { CertificateCheck, CryptoProfile } from '@app/sealing';
import { TrustStore } from '@app/sealing';
import type { DataSource } from 'typeorm';
import { AuthorityEntity, CertificateEntity, VenueEntity } from './entities/index.js';
import type { Holder } from './registry.types.js';
import { Registry } from './registry.types.js';

const HOLDERS_KNOWN_MAX = 50_000;

/**
 * The registry as the hot path reads it. Authorities and venues are few and held whole; holders of certificates are read at
 * first use. `refresh()` after every change.
 */
export class RegistryView extends Registry {
  #generation = 0;
  #trust: TrustStore;
  #nodeKeys = new Map<string, string>();
  #venues: readonly VenueEntity[] = [];
  readonly #holders = new Map<string, Holder | null>();

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

  async refresh(): Promise<void> {
    const authorities = await this.dataSource.getRepository(AuthorityEntity).find();
    const venues = await this.dataSource.getRepository(VenueEntity).find({ order: { id: 'ASC' } });
    this.#trust = new TrustStore(this.profile, {
      roots: authorities.map((authority) => authority.certificate),
      revocationLists: authorities.map((authority) => authority.revocationList),
    });
    this.#venues = venues;
    this.#nodeKeys = new Map(venues.map((venue) => [venue.id, venue.nodeKey]));
    this.#holders.clear();
    this.#generation += 1;
  }

  checkCertificate(der: string, at: string): CertificateCheck {
    return this.#trust.check(der, at);
  }

  async holder(fingerprint: string): Promise<Holder | null> {
    const known = this.#holders.get(fingerprint);
    if (known !== undefined) return known;
    const found = await this.dataSource
      .getRepository(CertificateEntity)
      .findOne({ where: { fingerprint }, relations: { person: { organisation: true } } });
    const holder = found === null ? null : toHolder(found);
    if (this.#holders.size >= HOLDERS_KNOWN_MAX) this.#holders.clear();
    this.#holders.set(fingerprint, holder);
    return holder;
  }

  nodeKey(name: string): string | null {
    return this.#nodeKeys.get(name.replace(/^node:/, '')) ?? null;
  }
}

const toHolder = ({ person }: CertificateEntity): Holder => ({
  person: { id: person.id, name: person.name },
  organisation: person.organisation === null ? null : { id: person.organisation.id, name: person.organisation.name },
  creditCode: person.organisation?.creditCode ?? null,
});
