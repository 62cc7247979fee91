import type { Archive, Trust } from '@app/archive';
import { PART, zCommandPart, zWhoPart } from '@app/contracts';
import type { CommandPart, JsonValue, VisibleEntry, WhoPart } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import { checkSignedCommand, RecordedCertificates, readCertificate, verifySignature } from '@app/sealing';
import { z } from 'zod';
import { Findings } from '../report.js';
import type { CheckResult } from '../report.js';

/** Who a party is (part `d:binding:<party>`): written when the party is admitted. */
const zBinding = z.object({ certificate: z.string().nullable(), nodeKey: z.string().nullable() });
const BINDING = 'd:binding:';

/** Signatures, certificates and the tie between a party and whoever signed for it. */
export function checkSignatures(
  archive: Archive,
  visible: readonly VisibleEntry[],
  profile: CryptoProfile,
  trust: Trust | null,
): CheckResult[] {
  const ids = new Findings('commands', 'every command is for this log, has its own id and commits to its secrets');
  const signatures = new Findings('signatures', 'every command is signed by the key it names');
  const certificates = new Findings('certificates', 'every certificate was good at the time of the act');
  const bindings = new Findings('bindings', 'every party acted through the person or node it was admitted as');
  if (trust === null) certificates.unauthenticated();
  const seen = new Set<string>();
  const bound = new Map<string, { certificate: string | null; nodeKey: string | null }>();
  const recorded = new RecordedCertificates(profile, trust?.roots ?? []);
  for (const entry of visible) {
    const where = `entry ${entry.header.seq} (${entry.header.type})`;
    learnBindings(entry, where, bound, bindings);
    const command = zCommandPart.safeParse(entry.parts[PART.command]);
    const who = zWhoPart.safeParse(entry.parts[PART.who]);
    if (!command.success) {
      absence(archive, entry, PART.command, where, ids);
      continue;
    }
    checkCommand(entry, command.data, archive, where, seen, ids);
    if (!who.success) {
      absence(archive, entry, PART.who, where, signatures);
      // Without the signer neither his certificate nor his tie to the party can be looked at.
      if (!Object.hasOwn(entry.parts, PART.who)) {
        if (trust !== null) missing(archive, entry, PART.who, certificates);
        missing(archive, entry, PART.who, bindings);
      }
      continue;
    }
    checkSignature(command.data, who.data, { archive, profile, trust, recorded, where, signatures, certificates });
    checkBinding(command.data, who.data, profile, bound, where, bindings);
  }
  return [ids.result(), signatures.result(), certificates.result(), bindings.result()];
}

function absence(archive: Archive, entry: VisibleEntry, part: string, where: string, findings: Findings): void {
  if (Object.hasOwn(entry.parts, part)) findings.fail(where, `part ${part} has not its form`);
  else if (!Object.hasOwn(entry.header.parts, part)) findings.fail(where, `has no part ${part}`);
  else missing(archive, entry, part, findings);
}

/** Whether the list of erased parts may say so is the check `erasures`. */
function missing(archive: Archive, entry: VisibleEntry, part: string, findings: Findings): void {
  if (archive.entries[entry.header.seq]?.erased.includes(part) === true) findings.erased();
  else findings.hidden();
}

function checkCommand(
  entry: VisibleEntry,
  { command }: CommandPart,
  archive: Archive,
  where: string,
  seen: Set<string>,
  findings: Findings,
): void {
  findings.check(command.origin === archive.head.origin, where, () => `was signed for the log ${command.origin}`);
  findings.check(!seen.has(command.id), where, () => `repeats the command id ${command.id}`);
  seen.add(command.id);
  for (const [name, commitment] of Object.entries(entry.header.parts)) {
    if (name.startsWith('x:'))
      findings.check(command.secrets[name.slice(2)] === commitment, `${where}, part ${name}`, 'is not what the command committed to');
  }
}

interface Bench {
  readonly archive: Archive;
  readonly profile: CryptoProfile;
  readonly trust: Trust | null;
  readonly recorded: RecordedCertificates;
  readonly where: string;
  readonly signatures: Findings;
  readonly certificates: Findings;
}

function checkSignature({ command, context }: CommandPart, who: WhoPart, bench: Bench): void {
  const { profile, trust, where, archive } = bench;
  const signed = { command, signer: who.signer, signature: who.signature, openings: {} };
  const verified = verifySignature(profile, signed);
  if (!verified.ok) {
    bench.signatures.fail(where, verified.message);
    return;
  }
  bench.signatures.check(
    verified.assurance === context.actor.assurance,
    where,
    () => `was recorded as signed by a ${context.actor.assurance}`,
  );
  if (trust === null) return;
  const result = checkSignedCommand(
    profile,
    signed,
    {
      installation: archive.head.installation,
      origin: archive.head.origin,
      at: context.at,
      certificate: (der, at) => bench.recorded.check(der, who.evidence, at),
      nodeKey: (name) => trust.nodeKeys[name] ?? trust.nodeKeys[`node:${name}`] ?? null,
    },
    verified,
  );
  bench.certificates.check(result.ok, where, () => (result.ok ? '' : `${result.code}: ${result.message}`));
}

function learnBindings(entry: VisibleEntry, where: string, bound: Map<string, z.infer<typeof zBinding>>, findings: Findings): void {
  for (const [name, value] of Object.entries(entry.parts)) {
    if (!name.startsWith(BINDING)) continue;
    const party = name.slice(BINDING.length);
    const binding = zBinding.safeParse(value satisfies JsonValue);
    if (!binding.success) findings.fail(`${where}, part ${name}`, 'has not the form of a binding');
    else bound.set(party, binding.data);
  }
}

function checkBinding(
  { command }: CommandPart,
  who: WhoPart,
  profile: CryptoProfile,
  bound: ReadonlyMap<string, z.infer<typeof zBinding>>,
  where: string,
  findings: Findings,
): void {
  const binding = bound.get(command.actor.party);
  if (binding === undefined) {
    findings.hidden();
    return;
  }
  const { signer } = who;
  const holds =
    signer.kind === 'node'
      ? binding.nodeKey === signer.publicKey
      : binding.certificate !== null && readCertificate(profile, signer.certificate)?.fingerprint === binding.certificate;
  findings.check(holds, where, () => `${command.actor.party} was admitted as somebody else`);
}
