import type { CommandPart, VisibleEntry, WhoPart } from '@app/contracts';
import { PART, zCommandPart, zWhoPart } from '@app/contracts';
import type { CertificateFacts } from '@app/sealing';
import { checkSignedCommand, readCertificate, RecordedCertificates, verifySignature } from '@app/sealing';
import type { EntryPlace } from '../findings.js';
import { Findings } from '../findings.js';
import { bindingsOf, type JudgedBinding } from './bindings.js';
import type { JudgedEntry, LotCase } from './lot-judge.js';

/** Commands, signatures, certificates, the tie between a party and whoever signed for it, and the names of both. */
export class Signatures {
  readonly #commands = new Findings('commands', 'every command is for this log, has its own id and commits to its secrets');
  readonly #signatures = new Findings('signatures', 'every command is signed by the key it names');
  readonly #certificates = new Findings('certificates', 'every certificate was good at the time of the act');
  readonly #bindings = new Findings('bindings', 'every party acted through the person or node it was admitted as');
  readonly #names = new Findings('names', 'persons and organisations in the log bear the names of their certificates');
  readonly #recorded: RecordedCertificates;
  readonly #ids = new Set<string>();
  readonly #bound = new Map<string, JudgedBinding>();
  readonly #acted = new Map<string, CertificateFacts>();

  constructor(private readonly facts: LotCase) {
    this.#recorded = new RecordedCertificates(facts.profile, facts.anchors?.roots ?? []);
    if (facts.anchors === null) this.#certificates.unauthenticated();
  }

  take(entry: JudgedEntry, visible: VisibleEntry, place: EntryPlace): void {
    this.#learn(visible, place);
    const command = zCommandPart.safeParse(visible.parts[PART.command]);
    if (command.success) this.#checkCommand(visible, command.data, place);
    else {
      this.#commands.fail(place, 'part command is missing or has not its form');
      this.#signatures.fail(place, 'without its command nobody can say that it was signed');
      return;
    }
    const who = zWhoPart.safeParse(visible.parts[PART.who]);
    if (who.success) {
      const signer = this.#checkSignature(command.data, who.data, place);
      this.#checkBinding(command.data, who.data, signer, place);
    } else if (Object.hasOwn(visible.parts, PART.who)) this.#signatures.fail(place, `part ${PART.who} has not its form`);
    else this.#unknownSigner(entry);
  }

  /** The certificate by which a party acted that was bound to it; null when it did not, or this reader does not see it. */
  certificateOf(party: string): CertificateFacts | null {
    return this.#acted.get(party) ?? null;
  }

  get findings(): readonly Findings[] {
    return [this.#commands, this.#signatures, this.#certificates, this.#bindings, this.#names];
  }

  /** Without the signer neither his certificate nor his tie to the party can be looked at. Whether he may be erased is the check `erasures`. */
  #unknownSigner({ erased = [] }: JudgedEntry): void {
    for (const findings of [this.#signatures, this.#certificates, this.#bindings, this.#names])
      if (erased.includes(PART.who)) findings.erased();
      else findings.hidden();
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
  }

  /** The certificate behind the signature; null for a node, or when it cannot be read. */
  #checkSignature({ command, context }: CommandPart, who: WhoPart, place: EntryPlace): CertificateFacts | null {
    const { profile, anchors, installation, origin } = this.facts;
    const signed = { command, signer: who.signer, signature: who.signature, openings: {} };
    const verified = verifySignature(profile, signed);
    if (!this.#signatures.check(verified.ok, place, () => (verified.ok ? '' : verified.message)) || !verified.ok) return null;
    this.#signatures.check(
      verified.assurance === context.actor.assurance,
      place,
      () => `was recorded as signed by a ${context.actor.assurance}`,
    );
    if (anchors !== null) {
      const nodeKey = (name: string): string | null => anchors.nodeKeys[name] ?? anchors.nodeKeys[`node:${name}`] ?? null;
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

  /** A name in the log is the venue's word; the certificate's subject is the authority's. */
  #checkNames(party: string, who: WhoPart, { subject }: CertificateFacts, binding: JudgedBinding | undefined, place: EntryPlace): void {
    for (const said of binding === undefined ? [who] : [who, binding]) {
      const { person, organisation } = said;
      this.#names.check(
        person === null || person.name === subject.name,
        place,
        () => `calls the person of ${party} ${person?.name ?? ''}, the certificate ${subject.name}`,
      );
      this.#names.check(
        organisation === null || subject.organisation === null || organisation.name === subject.organisation,
        place,
        () => `calls the organisation of ${party} ${organisation?.name ?? ''}, the certificate ${subject.organisation ?? ''}`,
      );
    }
  }
}
