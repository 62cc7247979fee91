import type { Trust } from '@app/archive';
import { zTrust } from '@app/archive';
import type { RegistryImport } from '@app/contracts';
import { zRegistryImport } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import { bindEncryptionKey, encryptionKeyDer, generateKeeperKey, readCertificate } from '@app/sealing';
import type { Authority, Validity } from '@app/sealing/node';
import { createAuthority, issue, revocationList } from '@app/sealing/node';
import { makeVenueKeys, type VenueKeys } from '../../../keys/src/venue-keys.js';
import type { CastOrganisation, CastPerson } from './cast.js';
import { crowdOf, EXPERTS, ORGANISATIONS, PEOPLE, REVOKED_PERSON, VENUES } from './cast.js';

/** One person's keys as the login screen and the demonstration read them. Private keys of real people never lie in such a file. */
interface DemoIdentity {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly part: { readonly zh: string; readonly en: string };
  /** The part in one line, for lists. */
  readonly label: string;
  /** Name, id and credit code of his organisation. */
  readonly organisation: string | null;
  readonly organisationId: string | null;
  readonly creditCode: string | null;
  /** DER, base64url; `privateKey`: PKCS#8. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly encryptionPublicKey: string;
  /** 32 bytes, base64url: what `unwrapFileKey` takes. `encryptionKey`: the same as PKCS#8. */
  readonly encryptionPrivateKey: string;
  readonly encryptionKey: string;
}

export interface Identities {
  readonly registry: RegistryImport;
  readonly people: readonly DemoIdentity[];
  readonly venueKeys: readonly VenueKeys[];
  readonly trust: Trust;
}

export interface IdentityRequest {
  readonly installation: string;
  /** Instant the certificates are made at. */
  readonly at: string;
  /** Address of each venue by id; the default is its port on this machine. */
  readonly urls: Readonly<Record<string, string>>;
  /** Companies that bid beyond those of the worked lots; none without it. */
  readonly crowd?: number;
}

const DAY_MS = 86_400_000;
const VALIDITY_DAYS = 3 * 365;
/** Witnesses that must have cosigned a checkpoint before secrets are released. */
export const WITNESS_QUORUM = 2;

const shift = (at: string, days: number): string => new Date(Math.floor(Date.parse(at) / 1000) * 1000 + days * DAY_MS).toISOString();

/** Makes every key and certificate of the demonstration afresh. */
export async function makeIdentities(profile: CryptoProfile, request: IdentityRequest): Promise<Identities> {
  const validity: Validity = { notBefore: shift(request.at, -1), notAfter: shift(request.at, VALIDITY_DAYS) };
  const authorities = [
    await createAuthority(profile.generateSigner(), '公评演示根证书一 Gongping Demo Root 1', validity),
    await createAuthority(profile.generateSigner(), '公评演示根证书二 Gongping Demo Root 2', validity),
  ] as const;
  const crowd = crowdOf(request.crowd ?? 0);
  const organisations = new Map([...ORGANISATIONS, ...crowd.organisations].map((organisation) => [organisation.id, organisation]));
  const cast = [...PEOPLE, ...crowd.people];
  const people: DemoIdentity[] = [];
  const certificates: RegistryImport['certificates'] = [];
  for (const person of cast) {
    const organisation = person.organisation === null ? undefined : organisations.get(person.organisation);
    const made = await makePerson(profile, authorities[person.authority], person, organisation, validity);
    people.push(made.identity);
    certificates.push(made.certificate);
  }
  const lists = await Promise.all(authorities.map((authority) => revocationOf(profile, authority, people, validity)));
  const venues = VENUES.map((venue) => makeVenue(profile, request, venue));
  const registry = zRegistryImport.parse({
    organisations: [...organisations.values()],
    persons: cast.map(({ id, name, organisation }) => ({ id, name, organisation })),
    certificates,
    authorities: authorities.map(({ certificate }, index) => ({ certificate, revocationList: lists[index] })),
    venues: venues.map(({ row }) => row),
    experts: EXPERTS.map((expert) => ({ ...expert, active: true })),
    roles: cast.flatMap(({ id, grants }) => grants.map((role) => ({ person: id, role }))),
  });
  const roots = authorities.map(({ certificate }) => certificate);
  const venueKeys = venues.map(({ keys }) => ('log' in keys ? keys : { ...keys, ...pinsOf(venues, roots) }));
  return { registry, people, venueKeys, trust: makeTrust(request.installation, roots, venues) };
}

async function makePerson(
  profile: CryptoProfile,
  authority: Authority,
  person: CastPerson,
  organisation: CastOrganisation | undefined,
  validity: Validity,
) {
  const signer = profile.generateSigner();
  const subject = {
    name: person.name,
    number: person.id,
    ...(organisation === undefined ? {} : { organisation: organisation.name, creditCode: organisation.creditCode }),
  };
  const certificate = await issue(authority, subject, signer.publicKey, validity);
  const encryption = generateKeeperKey(profile);
  const fingerprint = readCertificate(profile, certificate)?.fingerprint ?? '';
  const identity: DemoIdentity = {
    id: person.id,
    person: person.id,
    name: person.name,
    roles: person.roles,
    part: person.part,
    label: person.part.zh,
    organisation: organisation?.name ?? null,
    organisationId: organisation?.id ?? null,
    creditCode: organisation?.creditCode ?? null,
    certificate,
    privateKey: signer.privateKey,
    encryptionPublicKey: encryption.publicKey,
    encryptionPrivateKey: encryption.privateKey,
    encryptionKey: encryptionKeyDer(encryption.privateKey),
  };
  return {
    identity,
    certificate: { person: person.id, certificate, encryptionKey: bindEncryptionKey(signer, fingerprint, encryption.publicKey) },
  };
}

/** Lists the former clerk where his authority certified him; the other list is empty. */
async function revocationOf(
  profile: CryptoProfile,
  authority: Authority,
  people: readonly DemoIdentity[],
  validity: Validity,
): Promise<string> {
  const root = readCertificate(profile, authority.certificate);
  const revoked = people
    .filter(({ id }) => id === REVOKED_PERSON.id)
    .flatMap(({ certificate }) => readCertificate(profile, certificate) ?? [])
    .filter((facts) => facts.issuerText === root?.subjectText)
    .map(({ serial }) => ({ serial, at: validity.notBefore }));
  return revocationList(authority, revoked, { thisUpdate: validity.notBefore, nextUpdate: validity.notAfter });
}

/** What the operator of a site is given by hand: keys of the main venue and of every other one, and the authorities (SEC-22). */
function pinsOf(venues: readonly MadeVenue[], roots: readonly string[]) {
  const main = venues.find(({ row }) => row.role === 'main');
  const others = venues.filter((venue) => venue !== main);
  return {
    main: main?.row.nodeKey,
    mainAnswer: main?.answerKey,
    mainLog: main?.logKey,
    witnesses: Object.fromEntries(others.map(({ row }) => [row.id, row.witnessKey])),
    nodes: Object.fromEntries(others.map(({ row }) => [row.id, row.nodeKey])),
    roots,
  };
}

interface MadeVenue {
  readonly keys: VenueKeys;
  readonly answerKey: string;
  readonly row: RegistryImport['venues'][number];
  readonly logKey: string | null;
}

function makeVenue(profile: CryptoProfile, { installation, urls }: IdentityRequest, venue: (typeof VENUES)[number]): MadeVenue {
  const { id, name, role, city, port, rooms } = venue;
  const { keys, publicKeys } = makeVenueKeys(profile, { installation, venue: id, isMain: role === 'main' });
  const { nodeKey, witnessKey, answerKey, logKey } = publicKeys;
  const url = urls[id] ?? `http://127.0.0.1:${port}`;
  const seated = rooms.map((room) => ({ ...room, seats: [...room.seats] }));
  return { keys, row: { id, name, role, city, url, nodeKey, witnessKey, rooms: seated }, answerKey, logKey };
}

function makeTrust(installation: string, roots: readonly string[], venues: readonly MadeVenue[]): Trust {
  const witnesses = venues.flatMap(({ row }) => (row.witnessKey === null ? [] : [{ name: row.id, line: row.witnessKey }]));
  return zTrust.parse({
    v: 1,
    installation,
    roots,
    logKey: venues.find(({ logKey }) => logKey !== null)?.logKey ?? '',
    policy: [
      ...witnesses.map(({ name, line }) => `witness ${name} ${line}`),
      `group witnesses ${WITNESS_QUORUM} ${witnesses.map(({ name }) => name).join(' ')}`,
      'quorum witnesses',
      '',
    ].join('\n'),
    nodeKeys: Object.fromEntries(venues.map(({ row }) => [`node:${row.id}`, row.nodeKey])),
  });
}
