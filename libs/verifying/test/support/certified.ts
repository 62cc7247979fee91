import type { Trust } from '@app/archive';
import type { Command } from '@app/contracts';
import { formatVerifierKey, SIGNATURE_TYPE } from '@app/ledger';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { grantSession, noteKey, readCertificate, signWith } from '@app/sealing';
import type { Authority } from '@app/sealing/node';
import { createAuthority, issue, profileOf, revocationList } from '@app/sealing/node';
import type { LotPlan } from '@app/testing/lots';
import type { Registry } from '@app/testing/play';
import { NODES, seat } from '@app/testing/play';

export const INSTALLATION = 'gongping.test';
const VALID = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2028-01-01T00:00:00.000Z' };
const SESSION_MS = 3_600_000;
const WITNESSES = ['sub-1', 'sub-2', 'supervision'] as const;
/** More experts than any worked lot seats, so that some hold a certificate and have no part in the lot. */
const EXPERTS = 10;
const AWARD_MEMBERS = 7;

interface Holder {
  readonly signer: LocalSigner;
  readonly certificate: string;
}

/** Everybody of a played lot with the keys and certificates that they would have: what a verifier asks for is all there. */
export class Certified implements Registry {
  readonly profile: CryptoProfile = profileOf('gp-std-1');
  readonly logSigner = this.profile.generateSigner('node');
  readonly witnesses = new Map(WITNESSES.map((name) => [name, this.profile.generateSigner('node')]));
  readonly witnessPolicy = this.#policy();
  readonly #nodes = new Map<string, LocalSigner>(NODES.map((node) => [node, this.profile.generateSigner('node')]));
  readonly #fingerprints = new Map<string, string>();
  readonly #holders = new Map<string, Holder>();
  #list = '';

  private constructor(private readonly authority: Authority) {}

  static async of(plan: LotPlan): Promise<Certified> {
    const { generateSigner } = profileOf('gp-std-1');
    const made = new Certified(await createAuthority(generateSigner('command'), 'Test CA', VALID));
    made.#list = await revocationList(made.authority, [], { thisUpdate: VALID.notBefore, nextUpdate: VALID.notAfter });
    for (const name of ['tenderer', 'agency', 'supervisor', 'supervisor-2', 'witness-main'])
      await made.#issue(name, `某${name}`, `org-${name}公司`);
    for (const name of ['representative-1', 'representative-2', ...numbered('award', AWARD_MEMBERS)])
      await made.#issue(name, `某${name}`, `org-${name}公司`);
    // Who employs an expert is not known before he is drawn; his certificate names no organisation.
    for (const name of numbered('expert', EXPERTS)) await made.#issue(name, `某${name}`);
    for (const { letter, creditCode } of seat(plan).desks)
      await made.#issue(letter, `投标员${letter}`, `${letter}建设有限公司`, creditCode);
    return made;
  }

  /** What a verifier is given from outside. */
  get trust(): Trust {
    return {
      v: 1,
      installation: INSTALLATION,
      roots: [this.authority.certificate],
      logKey: this.logSigner.publicKey,
      policy: this.witnessPolicy,
      nodeKeys: Object.fromEntries([...this.#nodes].map(([node, { publicKey }]) => [node, publicKey])),
    };
  }

  certificate(holder: string): string {
    const fingerprint = this.#fingerprints.get(holder);
    if (fingerprint === undefined) throw new Error(`nobody issued a certificate to ${holder}`);
    return fingerprint;
  }

  nodeKey(node: string): string {
    return this.node(node).publicKey;
  }

  node(name: string): LocalSigner {
    const signer = this.#nodes.get(name);
    if (signer === undefined) throw new Error(`there is no node ${name}`);
    return signer;
  }

  who(
    command: Command,
    { at, actor }: Parameters<Registry['who']>[1],
    bound: Parameters<Registry['who']>[2],
    seat: string | null = null,
  ): ReturnType<Registry['who']> {
    const { person, organisation } = bound;
    if (actor.assurance === 'node') {
      const signer = this.node(actor.party);
      const ref = { kind: 'node' as const, name: actor.party, publicKey: signer.publicKey };
      return {
        signer: ref,
        signature: signWith(signer, 'command', command),
        person,
        organisation,
        evidence: { chain: [], revocation: null },
      };
    }
    const holder = this.#holders.get(bound.certificate ?? '');
    if (holder === undefined) throw new Error(`${actor.party} is bound to nobody who has a certificate`);
    const evidence = { chain: [], revocation: this.#list };
    const { certificate } = holder;
    if (actor.assurance === 'certificate') {
      const signer = { kind: 'certificate' as const, certificate };
      return { signer, signature: signWith(holder.signer, 'command', command), person, organisation, evidence };
    }
    const session = this.profile.generateSigner('command');
    const until = new Date(Date.parse(at) + SESSION_MS).toISOString();
    const grant = {
      v: 1 as const,
      installation: INSTALLATION,
      lot: command.lot,
      seat,
      publicKey: session.publicKey,
      notBefore: at,
      notAfter: until,
    };
    const signer = { kind: 'session' as const, certificate, grant, grantSignature: grantSession(holder.signer, grant) };
    return { signer, signature: signWith(session, 'command', command), person, organisation, evidence };
  }

  async #issue(holder: string, name: string, organisation?: string, creditCode?: string): Promise<void> {
    const signer = this.profile.generateSigner('command');
    const subject = { name, ...(organisation === undefined ? {} : { organisation }), ...(creditCode === undefined ? {} : { creditCode }) };
    const certificate = await issue(this.authority, subject, signer.publicKey, VALID);
    const fingerprint = readCertificate(this.profile, certificate)?.fingerprint ?? '';
    this.#fingerprints.set(holder, fingerprint);
    this.#holders.set(fingerprint, { signer, certificate });
  }

  #policy(): string {
    const lines = [...this.witnesses].map(([name, signer]) => {
      const key = noteKey(signer.publicKey, `${INSTALLATION}/witness/${name}`, SIGNATURE_TYPE.cosignature);
      if (key === null) throw new Error('a witness signs with the key of a node');
      return `witness ${name} ${formatVerifierKey(this.profile.hash, key)}`;
    });
    return [...lines, `group two-of-three 2 ${WITNESSES.join(' ')}`, 'quorum two-of-three', ''].join('\n');
  }
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_none, index) => `${name}-${index + 1}`);
