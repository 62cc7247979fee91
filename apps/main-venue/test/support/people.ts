import type { RegistryImport, SessionGrant, SignerRef } from '@app/contracts';
import { toBase64Url } from '@app/contracts';
import type { Identity } from '@app/client';
import type { CertificateFacts, LocalSigner } from '@app/sealing';
import { grantSession, readCertificate } from '@app/sealing';
import type { Authority } from '@app/sealing/node';
import { createAuthority, issue, profileOf, revocationList } from '@app/sealing/node';
import { randomBytes } from 'node:crypto';

export const INSTALLATION = 'gongping.test';
export const profile = profileOf('gp-std-1');
export const VALID = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2028-01-01T00:00:00.000Z' };

/** A person with a certificate, and how it signs. */
export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly organisation: { readonly id: string; readonly name: string } | null;
  readonly signer: LocalSigner;
  readonly certificate: string;
  readonly facts: CertificateFacts;
  readonly identity: Identity;
}

export interface TestNode {
  readonly id: string;
  readonly signer: LocalSigner;
  readonly identity: Identity;
}

const identityOf = (signer: LocalSigner, ref: SignerRef): Identity => ({ signer, ref });

/** Everybody of a test installation: one authority, persons, organisations, nodes. */
export class TestPeople {
  readonly persons: TestPerson[] = [];
  readonly nodes: TestNode[] = [];
  readonly #roles: { person: string; role: string }[] = [];
  readonly #revoked: { serial: string; at: string }[] = [];

  private constructor(readonly authority: Authority) {}

  static async create(): Promise<TestPeople> {
    const people = new TestPeople(await createAuthority(profile.generateSigner('command'), 'Test CA', VALID));
    for (const id of ['main', 'sub-1', 'sub-2', 'supervision']) people.node(id);
    return people;
  }

  node(id: string, signer: LocalSigner = profile.generateSigner('node')): TestNode {
    const node: TestNode = { id, signer, identity: identityOf(signer, { kind: 'node', name: `node:${id}`, publicKey: signer.publicKey }) };
    this.nodes.push(node);
    return node;
  }

  async person(id: string, organisation: string | null = null, validity = VALID, authority = this.authority): Promise<TestPerson> {
    const signer = profile.generateSigner('command');
    const certificate = await issue(authority, { name: id }, signer.publicKey, validity);
    const facts = readCertificate(profile, certificate);
    if (facts === null) throw new Error('the authority issued something else than a certificate');
    const person: TestPerson = {
      id,
      name: id,
      organisation: organisation === null ? null : { id: organisation, name: organisation },
      signer,
      certificate,
      facts,
      identity: identityOf(signer, { kind: 'certificate', certificate }),
    };
    this.persons.push(person);
    return person;
  }

  /** Has the registry file grant a role of the installation. */
  grant(person: TestPerson, role: string): void {
    this.#roles.push({ person: person.id, role });
  }

  revoke(person: TestPerson, at: string): void {
    this.#revoked.push({ serial: person.facts.serial, at });
  }

  /** A session key of a person for one lot. */
  session(person: TestPerson, grant: Partial<SessionGrant> = {}): Identity {
    const signer = profile.generateSigner('command');
    const full: SessionGrant = {
      v: 1,
      installation: INSTALLATION,
      lot: null,
      seat: null,
      publicKey: signer.publicKey,
      notBefore: '2026-03-24T00:00:00.000Z',
      notAfter: '2026-03-24T12:00:00.000Z',
      ...grant,
    };
    const grantSignature = grantSession(person.signer, full);
    return identityOf(signer, { kind: 'session', certificate: person.certificate, grant: full, grantSignature });
  }

  /** Verifier keys of witnesses, by venue. Nobody has one unless a test gives it: lots can be published only where somebody witnesses. */
  readonly witnessKeys = new Map<string, string>();
  /** Where a venue is reached, by venue. */
  readonly urls = new Map<string, string>();

  async registry(): Promise<RegistryImport> {
    const organisations = [...new Set(this.persons.flatMap((person) => (person.organisation === null ? [] : [person.organisation.id])))];
    const list = await revocationList(this.authority, this.#revoked, { thisUpdate: VALID.notBefore, nextUpdate: VALID.notAfter });
    return {
      organisations: organisations.map((id, index) => ({ id, name: id, creditCode: `91330000${String(index).padStart(10, '0')}` })),
      persons: this.persons.map((person) => ({
        id: person.id,
        name: person.name,
        organisation: person.organisation?.id ?? null,
      })),
      certificates: this.persons.map((person) => ({ person: person.id, certificate: person.certificate, encryptionKey: null })),
      authorities: [{ certificate: this.authority.certificate, revocationList: list }],
      venues: this.nodes.map((node) => ({
        id: node.id,
        name: node.id,
        role: node.id === 'main' ? 'main' : node.id === 'supervision' ? 'supervision' : 'sub',
        city: 'Hangzhou',
        url: this.urls.get(node.id) ?? 'http://127.0.0.1:9',
        nodeKey: node.signer.publicKey,
        witnessKey: this.witnessKeys.get(node.id) ?? null,
        rooms: [],
      })),
      experts: [],
      roles: [...this.#roles],
    };
  }
}

export const storageKey = (): Uint8Array => new Uint8Array(randomBytes(32));
export const storageKeyText = (): string => toBase64Url(storageKey());
