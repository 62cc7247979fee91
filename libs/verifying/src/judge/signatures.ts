import type { CommandPart, VisibleEntry, WhoPart } from '@app/contracts';
import { PART, zCommandPart, zSigPart, zWhoPart } from '@app/contracts';
import type { CertificateFacts } from '@app/sealing';
import { checkSignedCommand, isGrantedFor, keySignatureFault, readCertificate, RecordedCertificates, verifySignature } from '@app/sealing';
import type { EntryPlace } from '../findings.js';
import { earliest, Findings } from '../findings.js';
import { bindingsOf, type JudgedBinding } from './bindings.js';
import { nodeKeysOf, strangeWitness } from './known-keys.js';
import type { JudgedEntry, LotCase } from './lot-judge.js';
import { misnamed } from './names.js';

/** Commands, signatures, certificates, the tie between a party and whoever signed for it, and the names of both. */
export class Signatures {
  readonly #commands = new Findings('commands', 'every command is for this log, has its own id and commits to its secrets');
  readonly #signatures = new Findings('signatures', 'every command is signed by the key it names');
  readonly #certificates = new Findings('certificates', 'every certificate was good at the time of the act');
  readonly #bindings = new Findings(
    'bindings',
    'every party acted through the person or node it was admitted as, and every witness is a known one',
  );
  readonly #names = new Findings('names', 'persons and organisations in the log bear the names of their certificates');
  readonly #recorded: RecordedCertificates;
  readonly #ids = new Set<string>();
  readonly #bound = new Map<string, JudgedBinding>();
  readonly #acted = new Map<string, CertificateFacts>();
  /** Keys of the lot that a certificate seen here has bound to its party. */
  readonly #proven = new Set<string>();
  /** Keys of the lot that signed for somebody whose certificate was not given, with the first entry. */
  readonly #taken = new Map<string, number>();
  /** The first entry of which nothing says here who signed it. */
  #unsigned: number | null = null;
  #unnamed: string | null = null;
  /** Time of the first entry: which keys were in force then. */
  #foundedAt: string | null = null;

  constructor(private readonly facts: LotCase) {
    this.#recorded = new RecordedCertificates(facts.profile, facts.anchors?.roots ?? []);
    if (facts.anchors === null) this.#certificates.unauthenticated();
  }

  /** `seatOf`: where a party sat before this entry; null where it has no seat, and where this reader is not told. */
  take(entry: JudgedEntry, visible: VisibleEntry, place: EntryPlace, seatOf: (party: string) => string | null): void {
    this.#unnamed = null;
    this.#foundedAt ??= visible.header.at;
    this.#learn(visible, place);
    const command = zCommandPart.safeParse(visible.parts[PART.command]);
    if (command.success) this.#checkCommand(visible, command.data, place);
    else {
      this.#commands.fail(place, 'part command is missing or has not its form');
      this.#signatures.fail(place, 'without its command nobody can say that it was signed');
      return;
    }
    const who = zWhoPart.safeParse(visible.parts[PART.who]);
    const keySignature = zSigPart.safeParse(visible.parts[PART.sig]).data?.signature ?? null;
    if (who.success) {
      const isHere = isGrantedFor(who.data.signer, () => seatOf(command.data.command.actor.party));
      if (!isHere) this.#bindings.fail(place, 'is signed by a session key that was granted for another seat');
      this.#checkSigner(command.data, who.data, keySignature, place);
    } else if (Object.hasOwn(visible.parts, PART.who)) this.#signatures.fail(place, `part ${PART.who} has not its form`);
    else this.#unknownSigner(entry, command.data, keySignature, place);
  }

  /** The policy that an entry freezes: who stands there as a witness without being one would cosign whatever the main venue likes. */
  takePolicy(policy: string, place: EntryPlace): void {
    const { anchors, profile } = this.facts;
    const stranger = anchors === null ? null : strangeWitness(profile, anchors, policy, this.#foundedAt ?? '');
    if (stranger !== null)
      this.#bindings.fail(place, `its policy names a witness ${stranger} by a key that is not one of this installation`);
  }

  /** Has this judge seen the certificate behind a key of the lot, and found it good? */
  hasProven(key: string): boolean {
    return this.#proven.has(key);
  }

  /**
   * The first entry whose signer nobody vouches for to this reader: it shows neither his certificate nor a key of his, or a key for which
   * `isVouched` says no. Null: there is none.
   */
  unvouched(isVouched: (key: string) => boolean): number | null {
    const waiting = [...this.#taken].filter(([key]) => !isVouched(key)).map(([, seq]) => seq);
    return earliest([this.#unsigned, ...waiting]);
  }

  /** The key of the lot that signed the entry that was taken last, where it is all that this reader is shown of the signer; else null. */
  get unnamed(): string | null {
    return this.#unnamed;
  }

  /** The certificate by which a party acted that was bound to it; null when it did not, or this reader does not see it. */
  certificateOf(party: string): CertificateFacts | null {
    return this.#acted.get(party) ?? null;
  }

  get findings(): readonly Findings[] {
    return [this.#commands, this.#signatures, this.#certificates, this.#bindings, this.#names];
  }

  /** Could be looked at who signed the entry that was taken last, and whether he was bound to its party? */
  get isSeen(): boolean {
    return [this.#signatures, this.#bindings].every(({ latest: { verdict } }) => verdict === 'PASS' || verdict === 'FAIL');
  }

  /**
   * Without the signer neither his certificate nor his tie to the party can be looked at; a key of the lot shows that one and the same
   * signed. Whether he may be erased is the check `erasures`.
   */
  #unknownSigner({ erased = [] }: JudgedEntry, { command }: CommandPart, keySignature: string | null, place: EntryPlace): void {
    const { key } = command.actor;
    const isErased = erased.includes(PART.who);
    const unseen = [this.#certificates, this.#bindings, this.#names];
    if (key === undefined) unseen.push(this.#signatures);
    else this.#checkKey(command, keySignature, place);
    for (const findings of unseen)
      if (isErased) findings.erased();
      else findings.hidden();
    if (isErased) return;
    this.#unnamed = key ?? null;
    if (key === undefined) this.#unsigned ??= place.seq;
    else if (!this.#taken.has(key)) this.#taken.set(key, place.seq);
  }

  #checkKey(command: CommandPart['command'], keySignature: string | null, place: EntryPlace): void {
    const fault = keySignatureFault(this.facts.profile, keySignature === null ? { command } : { command, keySignature });
    this.#signatures.check(fault === null, place, () => fault?.message ?? '');
  }

  /** Everything about somebody whose certificate or node key is here. A key of the lot that he acts by is proven by it. */
  #checkSigner(part: CommandPart, who: WhoPart, keySignature: string | null, place: EntryPlace): void {
    const { key, party } = part.command.actor;
    const signer = this.#checkSignature(part, who, keySignature, place);
    this.#checkBinding(part, who, signer, place);
    const isKnown = this.facts.anchors !== null && this.#bound.has(party);
    if (key !== undefined && isKnown && this.findings.every(({ latest }) => latest.wrong === null)) this.#proven.add(key);
  }

  #learn(visible: VisibleEntry, place: EntryPlace): void {
    for (const { part, party, binding } of bindingsOf(visible)) {
      if (binding !== null) this.#bound.set(party, binding);
      else this.#bindings.fail(place.inPart(part), 'has not the form of a binding');
    }
  }

  #checkCommand({ header }: VisibleEntry, { command }: CommandPart, place: EntryPlace): void {
    this.#commands.check(command.origin === this.facts.origin, place, () => `was signed for the log ${command.origin}`);
    this.#commands.check(!this.#ids.has(command.id), place, () => `repeats the command id ${command.id}`);
    this.#ids.add(command.id);
    for (const [name, commitment] of Object.entries(header.parts))
      if (name.startsWith('x:'))
        this.#commands.check(command.secrets[name.slice(2)] === commitment, place.inPart(name), 'is not what the command committed to');
    for (const name of Object.keys(command.secrets))
      this.#commands.check(Object.hasOwn(header.parts, `x:${name}`), place, () => `has no part for the secret ${name} of its command`);
  }

  /** The certificate behind the signature; null for a node, or when it cannot be read. */
  #checkSignature(
    { command, context }: CommandPart,
    who: WhoPart,
    keySignature: string | null,
    place: EntryPlace,
  ): CertificateFacts | null {
    const { profile, anchors, installation, origin } = this.facts;
    const signed = {
      command,
      signer: who.signer,
      signature: who.signature,
      ...(keySignature === null ? {} : { keySignature }),
      openings: {},
    };
    const verified = verifySignature(profile, signed);
    if (!this.#signatures.check(verified.ok, place, () => (verified.ok ? '' : verified.message)) || !verified.ok) return null;
    this.#signatures.check(
      verified.assurance === context.actor.assurance,
      place,
      () => `was recorded as signed by a ${context.actor.assurance}`,
    );
    if (anchors !== null) {
      const nodeKey = (name: string): string | null => {
        const known = nodeKeysOf(anchors, name, this.#foundedAt ?? '');
        return known.find((key) => who.signer.kind === 'node' && key === who.signer.publicKey) ?? known[0] ?? null;
      };
      const certificate = (der: string, at: string) => this.#recorded.check(der, who.evidence, at);
      const trusted = checkSignedCommand(profile, signed, { installation, origin, at: context.at, certificate, nodeKey }, verified);
      this.#certificates.check(trusted.ok, place, () => (trusted.ok ? '' : `${trusted.code}: ${trusted.message}`));
    }
    return who.signer.kind === 'node' ? null : readCertificate(profile, who.signer.certificate);
  }

  #checkBinding({ command }: CommandPart, who: WhoPart, signer: CertificateFacts | null, place: EntryPlace): void {
    const { party } = command.actor;
    const binding = this.#bound.get(party);
    if (signer !== null) this.#checkNames(party, who, signer, binding, place);
    if (binding === undefined) {
      this.#bindings.hidden();
      return;
    }
    const holds =
      who.signer.kind === 'node'
        ? binding.nodeKey === who.signer.publicKey
        : binding.certificate !== null && signer?.fingerprint === binding.certificate;
    this.#bindings.check(holds, place, () => `${party} was admitted as somebody else`);
    if (holds && signer !== null) this.#acted.set(party, signer);
  }

  #checkNames(party: string, who: WhoPart, signer: CertificateFacts, binding: JudgedBinding | undefined, place: EntryPlace): void {
    for (const said of binding === undefined ? [who] : [who, binding]) {
      const fault = misnamed(party, said, signer);
      this.#names.check(fault === null, place, fault ?? '');
    }
    if (binding === undefined) return;
    const [acted, bound] = [who.person?.id ?? null, binding.person?.id ?? null];
    this.#names.check(
      acted === bound,
      place,
      () => `says that the person ${acted ?? ''} acted for ${party}, who was admitted as ${bound ?? ''}`,
    );
  }
}
