import { z } from 'zod';
import { zBasis, zRight } from './access.js';
import { zBytes, zHash, zInstant, zName, zUuid } from './json.js';
import { zCity, zCreditCode, zOrganisationName, zPersonName, zSpecialties, zVenueRole } from './registry.js';
import { zVenueUrl } from './venue-url.js';

/**
 * People, organisations, certificates, places and the record of their changes (人员与权限). Pages are cut by key: `after` is the `next` of
 * the page before. Reading needs `registry:read`; writing `registry:write`, nodes and roots `nodes:write`.
 *
 * | address | takes | answer |
 * |---|---|---|
 * | `GET /api/registry/people?q=&organisation=&role=&after=&limit=` | | {@link PersonPage} |
 * | `GET`, `PUT /api/registry/people/:person` | {@link PersonPut} | {@link PersonDetail} |
 * | `GET /api/registry/organisations?q=&after=&limit=` | | {@link OrganisationPage} |
 * | `GET`, `PUT /api/registry/organisations/:organisation` | {@link OrganisationPut} | {@link Organisation} |
 * | `GET /api/registry/certificates?person=&after=&limit=` | | {@link CertificatePage} |
 * | `POST /api/registry/people/:person/certificates` | {@link CertificatePost} | {@link RegisteredCertificate} |
 * | `POST /api/registry/certificates/:fingerprint/revocation` | {@link Revocation} | {@link RegisteredCertificate} |
 * | `GET /api/registry/experts?q=&city=&specialty=&after=&limit=` | | {@link ExpertPage} |
 * | `PUT /api/registry/experts/:person` | {@link ExpertPut} | {@link Expert} |
 * | `GET /api/registry/nodes` | | {@link RegisteredNode}[] |
 * | `PUT /api/registry/nodes/:node` | {@link NodePut} | {@link RegisteredNode} |
 * | `GET`, `PUT /api/registry/authorities` | {@link AuthorityPut} | {@link RegisteredAuthority}[] |
 * | `GET` (anybody), `PUT /api/registry/calendar` | {@link CalendarPut} | {@link RegisteredYear}[] |
 * | `GET /api/registry/changes?kind=&subject=&person=&after=&limit=` | | {@link ChangePage}, the newest first |
 * | `POST /api/registry/imports?kind=&format=&name=` | the list as the body | {@link ListImport} |
 * | `GET /api/registry/imports?after=&limit=`, `GET /api/registry/imports/:import` | | {@link ListImportPage}, {@link ListImport} |
 * | `GET /api/registry/imports/:import/faults?after=&limit=` | | {@link ListFaultPage} |
 */
const REGISTRY_PAGE_MAX = 200;
const DEFAULT_REGISTRY_PAGE = 50;

export const zAfter = z.string().min(1).max(200).optional();
export const zPageLimit = z.coerce.number().int().min(1).max(REGISTRY_PAGE_MAX).default(DEFAULT_REGISTRY_PAGE);
/** Beginning of a name or of an id. */
export const zSearch = z.string().trim().max(60).optional();

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
export const zNamed = z.object({ id: zName, name: z.string() });

export const zOrganisationPut = z.strictObject({ name: zOrganisationName, creditCode: zCreditCode, basis: zBasis });
export type OrganisationPut = z.infer<typeof zOrganisationPut>;
export const zOrganisation = z.object({ id: zName, name: z.string(), creditCode: z.string(), version: z.int() });
export type Organisation = z.infer<typeof zOrganisation>;
export const zOrganisationPage = page(zOrganisation);
export type OrganisationPage = z.infer<typeof zOrganisationPage>;

export const zCertificatePost = z.strictObject({
  certificate: zBytes.min(1).max(8_000),
  /** Key that bids are encrypted to, with the certificate's signature over the binding. */
  encryptionKey: z.strictObject({ publicKey: zBytes.max(400), signature: zBytes.max(400) }).nullable(),
});
export type CertificatePost = z.infer<typeof zCertificatePost>;
export const zRevocation = z.strictObject({ reason: z.string().trim().min(1).max(200) });
export type Revocation = z.infer<typeof zRevocation>;
export const zRegisteredCertificate = z.object({
  fingerprint: zHash,
  person: zNamed,
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: zInstant,
  notAfter: zInstant,
  hasEncryptionKey: z.boolean(),
  /** What it is good for now; `untrusted`: no trusted root issued it, or there is no current revocation list. */
  standing: z.enum(['good', 'expired', 'revoked', 'untrusted']),
  revokedAt: zInstant.nullable(),
  revocationReason: z.string().nullable(),
});
export type RegisteredCertificate = z.infer<typeof zRegisteredCertificate>;
export const zCertificatePage = page(zRegisteredCertificate);
export type CertificatePage = z.infer<typeof zCertificatePage>;

export const zExpertPut = z.strictObject({ specialties: zSpecialties, city: zCity, active: z.boolean(), basis: zBasis });
export type ExpertPut = z.infer<typeof zExpertPut>;
export const zExpert = z.object({
  person: zNamed,
  specialties: z.array(z.string()),
  city: z.string(),
  active: z.boolean(),
  version: z.int(),
});
export type Expert = z.infer<typeof zExpert>;
export const zExpertPage = page(zExpert);
export type ExpertPage = z.infer<typeof zExpertPage>;

export const zPersonPut = z.strictObject({ name: zPersonName, organisation: zName.nullable(), basis: zBasis });
export type PersonPut = z.infer<typeof zPersonPut>;
const zPerson = z.object({
  id: zName,
  name: z.string(),
  organisation: zNamed.nullable(),
  roles: z.array(zName),
  isExpert: z.boolean(),
});
export type Person = z.infer<typeof zPerson>;
export const zPersonPage = page(zPerson);
export type PersonPage = z.infer<typeof zPersonPage>;
export const zPersonDetail = zPerson.extend({
  version: z.int(),
  rights: z.array(zRight),
  expert: zExpert.nullable(),
  certificates: z.array(zRegisteredCertificate),
});
export type PersonDetail = z.infer<typeof zPersonDetail>;

export const zNodePut = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: zVenueRole,
  city: zCity,
  url: zVenueUrl,
  nodeKey: zBytes.min(1).max(400),
  /** C2SP verifier key line of its witness; null for the main venue. */
  witnessKey: z.string().max(400).nullable(),
  basis: zBasis,
});
export type NodePut = z.infer<typeof zNodePut>;
export const zRegisteredNode = zNodePut.omit({ basis: true }).extend({
  id: zName,
  // As it stands: rows from before the rule are shown.
  url: z.string(),
  rooms: z.array(zNamed.extend({ seats: z.array(zNamed) })),
  version: z.int(),
});
export type RegisteredNode = z.infer<typeof zRegisteredNode>;

/** A trusted root and its newest signed revocation list; DER in base64url. A known root is given a newer list. */
export const zAuthorityPut = z.strictObject({ certificate: zBytes.min(1).max(8_000), revocationList: zBytes.min(1).max(1_900_000) });
export type AuthorityPut = z.infer<typeof zAuthorityPut>;
export const zRegisteredAuthority = z.object({
  fingerprint: zHash,
  subject: z.string(),
  notBefore: zInstant,
  notAfter: zInstant,
  list: z.object({ thisUpdate: zInstant, nextUpdate: zInstant.nullable(), revoked: z.int() }),
  version: z.int(),
});
export type RegisteredAuthority = z.infer<typeof zRegisteredAuthority>;

export const REGISTRY_KINDS = [
  'person',
  'organisation',
  'certificate',
  'expert',
  'venue',
  'room',
  'seat',
  'authority',
  'role',
  'grant',
  'list',
  'key',
  'lot-import',
  'calendar-year',
] as const;
export const zRegistryKind = z.enum(REGISTRY_KINDS);
export type RegistryKind = z.infer<typeof zRegistryKind>;
const REGISTRY_ACTIONS = ['put', 'bind', 'revoke', 'grant', 'take', 'remove', 'import'] as const;
export const zRegistryAction = z.enum(REGISTRY_ACTIONS);
export type RegistryAction = z.infer<typeof zRegistryAction>;

/** One changed record. `by` is null for whoever installs the system at its machine, and where a system did it by its `key`. */
const zRegistryChange = z.object({
  version: z.int(),
  at: zInstant,
  by: zNamed.nullable(),
  key: zNamed.nullable(),
  act: zUuid,
  action: zRegistryAction,
  kind: zRegistryKind,
  /** Id of the record; of a grant `<person>/<role>`. */
  subject: z.string(),
  hash: zHash,
  /** Where the act's commitment stands in the platform log; null until the next batch. */
  place: z.object({ seq: z.int(), index: z.int() }).nullable(),
});
export type RegistryChange = z.infer<typeof zRegistryChange>;
export const zChangePage = page(zRegistryChange);
export type ChangePage = z.infer<typeof zChangePage>;

/** What the lines of a list are. Its columns are named in docs/design/registry.md. */
export const LIST_KINDS = ['organisations', 'people', 'experts', 'certificates'] as const;
export const zListKind = z.enum(LIST_KINDS);
export type ListKind = z.infer<typeof zListKind>;
export const zListFormat = z.enum(['csv', 'json']);
export type ListFormat = z.infer<typeof zListFormat>;
/** `stopped`: its job was given up, and `code` says why; whoever may tries the job again, or hands the list in again. */
const zListState = z.enum(['waiting', 'running', 'stopped', 'done', 'refused']);
/** The name of the file, for people. */
export const zListName = z.string().trim().min(1).max(200);
export type ListState = z.infer<typeof zListState>;
export const zListImport = z.object({
  id: zUuid,
  kind: zListKind,
  format: zListFormat,
  fileName: z.string(),
  sizeBytes: z.int(),
  sha: zHash,
  by: zNamed,
  at: zInstant,
  state: zListState,
  lines: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  faults: z.int(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  finishedAt: zInstant.nullable(),
});
export type ListImport = z.infer<typeof zListImport>;
export const zListImportPage = page(zListImport);
export type ListImportPage = z.infer<typeof zListImportPage>;

/** A line that was not taken in. `column` is empty for the line as a whole. */
const zListFault = z.object({ line: z.int(), column: z.string(), code: z.string(), message: z.string() });
export type ListFault = z.infer<typeof zListFault>;
export const zListFaultPage = page(zListFault);
export type ListFaultPage = z.infer<typeof zListFaultPage>;
