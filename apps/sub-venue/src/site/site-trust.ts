import type { Role, SignedVenueRegistry, SignedWelcome, VenueRegistry } from '@app/contracts';
import { utf8, zSignedWelcome, zVenueRegistry } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { CertificateCheck, CryptoProfile } from '@app/sealing';
import { readCertificate, TrustStore, verifyWith } from '@app/sealing';
import type { Anchors, RetiredKey } from '@app/verifying';
import type { OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PROFILE, SITE_KEYS } from '../core/tokens.js';
import { SiteFacts } from './site-facts.js';
import type { SiteKeys } from './site-keys.js';
import { zRetiredKeys } from './site-keys.js';

export interface Holder {
  readonly person: { readonly id: string; readonly name: string };
  readonly organisation: { readonly id: string; readonly name: string } | null;
}
export interface Seat {
  readonly origin: string;
  readonly party: string;
  readonly roles: readonly Role[];
}

const zKept = z.object({ main: z.string(), registry: z.string() });
const FACT = 'registry';
const RETIRED = 'retired-keys';

/**
 * Whom this site trusts and knows: the registry that the main venue pushed, signed by the key that is pinned for it. Kept on
 * disk, so that seats log in and work while the line is cut.
 */
@Injectable()
export class SiteTrust implements OnModuleInit {
  #registry: VenueRegistry | null = null;
  #main: string | null;
  #store: TrustStore | null = null;
  #holders = new Map<string, { readonly person: string; readonly certificate: string }>();
  /** Keys that registries named which were in force here before. */
  #retired: readonly RetiredKey[] = [];
  readonly #listeners = new Set<() => void>();
  /** One after the other, so that an older registry never lies over a newer one. */
  #accepting: Promise<void> = Promise.resolve();

  constructor(
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(SiteFacts) private readonly facts: Pick<SiteFacts, 'read' | 'write'>,
    @Inject(SITE_KEYS)
    private readonly pins: Pick<SiteKeys, 'main' | 'mainAnswer' | 'mainLog' | 'witnesses' | 'nodes' | 'roots' | 'retired'>,
  ) {
    this.#main = pins.main ?? null;
  }

  /** Reads back what the last push left, if it was signed by the key that is pinned now. */
  async onModuleInit(): Promise<void> {
    const retired = await this.facts.read(RETIRED);
    if (retired !== null) this.#retired = zRetiredKeys.parse(JSON.parse(retired));
    const text = await this.facts.read(FACT);
    if (text === null) return;
    const kept = zKept.parse(JSON.parse(text));
    this.#main ??= kept.main;
    if (this.#main === kept.main) this.#use(zVenueRegistry.parse(JSON.parse(kept.registry)));
  }

  get registry(): VenueRegistry | null {
    return this.#registry;
  }
  get logKey(): string | null {
    return this.#registry?.logKey ?? null;
  }
  /** Whom this site's judge believes about a log's signers; null before the first registry, when he can say of nobody who he is. */
  get anchors(): Anchors | null {
    if (this.#registry === null) return null;
    const { venues, authorities } = this.#registry;
    const { witnesses, retired = [] } = this.pins;
    // A venue more that is no pinned one may vouch for nothing; what the main venue's own witness says is never enough.
    const named = venues.filter(({ id, role }) => witnesses === undefined || role === 'main' || Object.hasOwn(witnesses, id));
    return {
      roots: authorities.map(({ certificate }) => certificate),
      nodeKeys: Object.fromEntries(venues.map(({ id, nodeKey }) => [`node:${id}`, nodeKey])),
      witnessKeys: [...new Set([...Object.values(witnesses ?? {}), ...named.flatMap(({ witnessKey }) => witnessKey ?? [])])],
      retired: [...retired, ...this.#retired],
    };
  }
  get mainKey(): string | null {
    return this.#main;
  }

  /**
   * Whether the welcome answers this site's nonce with the main venue's key. True too when no key is known yet: the registry then decides.
   */
  isWelcome(signed: SignedWelcome, { venue, nonce }: { readonly venue: string; readonly nonce: string }): boolean {
    const parsed = zSignedWelcome.safeParse(signed);
    if (!parsed.success || parsed.data.welcome.nonce !== nonce || parsed.data.welcome.to !== venue) return false;
    return this.#main === null || verifyWith(this.profile, this.#main, 'venueWelcome', parsed.data.welcome, parsed.data.signature);
  }

  /**
   * Takes a pushed registry. Throws BAD_SIGNATURE when another key signed it than the pinned one, KEY_PINNED when it names other keys than
   * those pinned here, REGISTRY_OLDER when a newer one was taken, MALFORMED when it cannot be read.
   */
  accept(pushed: SignedVenueRegistry): Promise<void> {
    const accepting = this.#accepting.then(() => this.#accept(pushed));
    this.#accepting = accepting.catch(() => undefined);
    return accepting;
  }

  async #accept({ text, signature }: SignedVenueRegistry): Promise<void> {
    const registry = readRegistry(text);
    const main = registry.venues.find(({ role }) => role === 'main')?.nodeKey ?? null;
    const key = this.#main ?? main;
    if (key === null || !verifyWith(this.profile, key, 'venueRegistry', utf8(text), signature))
      throw new DomainError('BAD_SIGNATURE', 'the registry is not signed by the main venue that this site knows');
    this.#checkPins(registry);
    this.#checkAge(registry);
    await this.#retire(registry);
    await this.facts.write(FACT, JSON.stringify({ main: key, registry: text }));
    this.#main = key;
    this.#use(registry);
  }

  /**
   * Whoever holds the main venue's node key can sign any registry. Its log, its answers and witnesses he cannot replace by it, nor add a
   * venue that vouches for keys of members or an authority that certifies people who do not exist.
   */
  #checkPins(registry: VenueRegistry): void {
    const {
      mainAnswer: answer = this.#registry?.answerKey,
      mainLog: log = this.#registry?.logKey,
      witnesses = {},
      nodes,
      roots,
    } = this.pins;
    const named = new Map(registry.venues.map(({ id, witnessKey }) => [id, witnessKey]));
    const other = [
      ...(answer === undefined || answer === registry.answerKey ? [] : ['answers']),
      ...(log === undefined || log === registry.logKey ? [] : ['the log']),
      ...Object.entries(witnesses).flatMap(([venue, key]) => (named.get(venue) === key ? [] : [`the witness ${venue}`])),
      ...(nodes === undefined ? [] : strangeNodes(registry, nodes)),
      ...(roots === undefined ? [] : strangeRoots(registry, roots)),
    ];
    if (other.length > 0)
      throw new DomainError('KEY_PINNED', `the registry names another key of ${other.join(', ')} than this site has pinned`);
  }

  /** What this registry replaces stays known: lots of before go on under it. */
  async #retire({ venues, at: until }: VenueRegistry): Promise<void> {
    const now = new Set(venues.flatMap(keysOfVenue));
    const gone = (this.#registry?.venues ?? []).flatMap((venue) =>
      keysOfVenue(venue).flatMap((key) => (now.has(key) ? [] : [{ venue: venue.id, key, until }])),
    );
    if (gone.length === 0) return;
    this.#retired = [...this.#retired.filter(({ key }) => gone.every((one) => one.key !== key)), ...gone];
    await this.facts.write(RETIRED, JSON.stringify(this.#retired));
  }

  /** A registry of before would bring back seats that were taken and certificates that were revoked. */
  #checkAge({ version, at }: VenueRegistry): void {
    const kept = this.#registry;
    if (kept === null || version > kept.version || (version === kept.version && at >= kept.at)) return;
    throw new DomainError(
      'REGISTRY_OLDER',
      `this site has registry ${String(kept.version)} of ${kept.at} and takes no older one (${String(version)} of ${at})`,
    );
  }

  checkCertificate(der: string, at: string): CertificateCheck {
    if (this.#store === null) return { ok: false, code: 'CERT_UNKNOWN', message: 'This site has not been told yet whom to trust.' };
    return this.#store.check(der, at);
  }

  /** Who holds the certificate, of those seated here; null otherwise. */
  holder(fingerprint: string): Holder | null {
    const held = this.#holders.get(fingerprint);
    return held === undefined ? null : this.personOf(held.person);
  }

  /** Whether the certificate of somebody seated here is good at `at`; null for one that is nobody's here. */
  checkHeld(fingerprint: string, at: string): CertificateCheck | null {
    const held = this.#holders.get(fingerprint);
    return held === undefined ? null : this.checkCertificate(held.certificate, at);
  }

  /** Told of every registry that was pushed, once it is in force. Returns how to stop. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  personOf(id: string): Holder | null {
    const person = this.#registry?.persons.find((candidate) => candidate.id === id);
    if (person === undefined) return null;
    const organisation = this.#registry?.organisations.find((candidate) => candidate.id === person.organisation);
    return {
      person: { id: person.id, name: person.name },
      organisation: organisation === undefined ? null : { id: organisation.id, name: organisation.name },
    };
  }

  /** Where a person sits at this site. */
  seatsOf(person: string): Seat[] {
    return (this.#registry?.seats ?? []).filter((seat) => seat.person === person);
  }

  #use(registry: VenueRegistry): void {
    this.#store = new TrustStore(this.profile, {
      roots: registry.authorities.map(({ certificate }) => certificate),
      revocationLists: registry.authorities.map(({ revocationList }) => revocationList),
    });
    this.#holders = new Map(
      registry.certificates.flatMap(({ person, certificate }) => {
        const read = readCertificate(this.profile, certificate);
        return read === null ? [] : [[read.fingerprint, { person, certificate }] as const];
      }),
    );
    this.#registry = registry;
    for (const listener of this.#listeners) listener();
  }
}

const keysOfVenue = ({ nodeKey, witnessKey }: VenueRegistry['venues'][number]): string[] =>
  witnessKey === null ? [nodeKey] : [nodeKey, witnessKey];

const strangeNodes = ({ venues }: VenueRegistry, pinned: Readonly<Record<string, string>>): string[] =>
  venues.flatMap(({ id, role, nodeKey }) => (role === 'main' || pinned[id] === nodeKey ? [] : [`the venue ${id}`]));

const strangeRoots = ({ authorities }: VenueRegistry, pinned: readonly string[]): string[] =>
  authorities.every(({ certificate }) => pinned.includes(certificate)) ? [] : ['a certificate authority'];

function readRegistry(text: string): VenueRegistry {
  try {
    return zVenueRegistry.parse(JSON.parse(text));
  } catch (cause) {
    throw new DomainError('MALFORMED', 'the pushed registry cannot be read', { cause });
  }
}
