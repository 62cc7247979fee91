import type { HttpClient } from '@app/client';
import type {
  AccessRole,
  ApiKey,
  ApiKeyPage,
  ApiKeyPost,
  CalendarPut,
  CertificatePage,
  CertificatePost,
  ChangePage,
  IssuedKey,
  JobPage,
  JobView,
  ListFaultPage,
  ListFormat,
  ListImport,
  ListImportPage,
  ListKind,
  MyRights,
  NodePut,
  Organisation,
  OrganisationPage,
  OrganisationPut,
  PersonDetail,
  PersonPage,
  PersonPut,
  RegisteredCertificate,
  RegisteredNode,
  RegisteredYear,
} from '@app/contracts';
import {
  zAccessRole,
  zApiKey,
  zApiKeyPage,
  zCertificatePage,
  zChangePage,
  zIssuedKey,
  zJobPage,
  zJobView,
  zListFaultPage,
  zListImport,
  zListImportPage,
  zMyRights,
  zOrganisation,
  zOrganisationPage,
  zPersonDetail,
  zPersonPage,
  zRegisteredCertificate,
  zRegisteredNode,
  zRegisteredYear,
} from '@app/contracts';
import { PAGE_ROWS, queryOf } from './model/key-pages.js';

const BASE = '/api/registry';
/** A list may be 500 MB and the line slow. */
const UPLOAD_TIMEOUT_MS = 30 * 60_000;

type After = string | null;
const paged = (path: string, after: After, filter: Readonly<Record<string, string>>): string =>
  `${BASE}/${path}${queryOf({ ...filter, after, limit: PAGE_ROWS })}`;
const at = (...parts: readonly string[]): string => [BASE, ...parts.map(encodeURIComponent)].join('/');

/** The registry of the main venue (`libs/contracts/src/registry-api.ts`). */
export class RegistryApi {
  constructor(private readonly http: HttpClient) {}

  people(after: After, filter: { q: string; role: string }): Promise<PersonPage> {
    return this.http.get(paged('people', after, filter), zPersonPage);
  }
  person(id: string): Promise<PersonDetail> {
    return this.http.get(at('people', id), zPersonDetail);
  }
  putPerson(id: string, put: PersonPut): Promise<PersonDetail> {
    return this.http.put(at('people', id), put, zPersonDetail);
  }
  roles(): Promise<AccessRole[]> {
    return this.http.get(at('roles'), zAccessRole.array());
  }
  grant(person: string, role: string): Promise<MyRights> {
    return this.http.put(at('people', person, 'roles', role), {}, zMyRights);
  }
  take(person: string, role: string): Promise<void> {
    return this.http.remove(at('people', person, 'roles', role));
  }
  organisations(after: After, filter: { q: string }): Promise<OrganisationPage> {
    return this.http.get(paged('organisations', after, filter), zOrganisationPage);
  }
  putOrganisation(id: string, put: OrganisationPut): Promise<Organisation> {
    return this.http.put(at('organisations', id), put, zOrganisation);
  }
  certificates(after: After, filter: { person: string }): Promise<CertificatePage> {
    return this.http.get(paged('certificates', after, filter), zCertificatePage);
  }
  bind(person: string, post: CertificatePost): Promise<RegisteredCertificate> {
    return this.http.post(at('people', person, 'certificates'), post, zRegisteredCertificate);
  }
  revoke(fingerprint: string, reason: string): Promise<RegisteredCertificate> {
    return this.http.post(at('certificates', fingerprint, 'revocation'), { reason }, zRegisteredCertificate);
  }
  nodes(): Promise<RegisteredNode[]> {
    return this.http.get(at('nodes'), zRegisteredNode.array());
  }
  putNode(id: string, put: NodePut): Promise<RegisteredNode> {
    return this.http.put(at('nodes', id), put, zRegisteredNode);
  }
  calendar(): Promise<RegisteredYear[]> {
    return this.http.get(at('calendar'), zRegisteredYear.array());
  }
  putCalendar(put: CalendarPut): Promise<RegisteredYear[]> {
    return this.http.put(at('calendar'), put, zRegisteredYear.array());
  }
  keys(after: After): Promise<ApiKeyPage> {
    return this.http.get(paged('keys', after, {}), zApiKeyPage);
  }
  issueKey(post: ApiKeyPost): Promise<IssuedKey> {
    return this.http.post(at('keys'), post, zIssuedKey);
  }
  revokeKey(id: string, reason: string): Promise<ApiKey> {
    return this.http.post(at('keys', id, 'revocation'), { reason }, zApiKey);
  }
  imports(after: After): Promise<ListImportPage> {
    return this.http.get(paged('imports', after, {}), zListImportPage);
  }
  faults(id: string, after: After): Promise<ListFaultPage> {
    return this.http.get(`${at('imports', id, 'faults')}${queryOf({ after, limit: PAGE_ROWS })}`, zListFaultPage);
  }
  upload(kind: ListKind, format: ListFormat, file: File): Promise<ListImport> {
    const path = `${BASE}/imports${queryOf({ kind, format, name: file.name })}`;
    return this.http.send(path, file, zListImport, UPLOAD_TIMEOUT_MS);
  }
  /** The queues too. `after` is the `next` of the page before. */
  jobs(after: After, { state }: { state: string }): Promise<JobPage> {
    return this.http.get(`/api/jobs${queryOf({ state, before: after, limit: PAGE_ROWS })}`, zJobPage);
  }
  retryJob(id: string): Promise<JobView> {
    return this.http.post(`/api/jobs/${encodeURIComponent(id)}/retry`, {}, zJobView);
  }
  changes(after: After, filter: { kind: string; subject: string; person: string }): Promise<ChangePage> {
    return this.http.get(paged('changes', after, filter), zChangePage);
  }
}
