import {
  canonicalText,
  type CommandPart,
  type JsonValue,
  type SentEntry,
  type SessionGrant,
  type SignerRef,
  type WhoPart,
} from '@app/contracts';
import {
  cosign,
  flatHashes,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  headerLeaf,
  rootOfLeafHashes,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
} from '@app/ledger';
import { grantSession, noteSigner, noteSuite, signWith, type LocalSigner } from '@app/sealing';
import { createAuthority, issue, profileOf, revocationList } from '@app/sealing/node';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { judgeOf, readHead, type ReadHead } from '../src/core/verify/read-head.js';
import { LogVerifier, summaryOf } from '../src/core/verify/verify-entry.js';

const profile = profileOf('gp-std-1');
const hasher = new TreeHasher(profile.hash);
const suite = noteSuite(profile);
const ORIGIN = 'gongping.test/lot/a/1';
const AT = '2026-03-24T01:30:00.000Z';
const YEAR = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' };

const node = profile.generateSigner('node');
const logKey = profile.generateSigner('node');
const holder = profile.generateSigner();
const session = profile.generateSigner();
const byNode: SignerRef = { kind: 'node', name: 'main', publicKey: node.publicKey };
const witness = (name: string) => noteSigner(profile.generateSigner('node'), name, SIGNATURE_TYPE.cosignature);
const witnesses = [witness('sub-1'), witness('sub-2'), witness('supervision')];
const policy = formatPolicy(profile.hash, {
  logs: [],
  witnesses: witnesses.map((key) => ({ name: key.keyName, key, url: null })),
  groups: [{ name: 'two', threshold: 2, members: witnesses.map(({ keyName }) => keyName) }],
  quorum: 'two',
});

interface Signing {
  readonly signer: LocalSigner;
  readonly ref: SignerRef;
  readonly evidence?: WhoPart['evidence'];
  readonly origin?: string;
}
function entryOf(
  seq: number,
  { signer, ref, evidence, origin = ORIGIN }: Signing = { signer: node, ref: byNode },
  secret = '7',
): SentEntry {
  const salt = profile.newSalt();
  const command: CommandPart['command'] = {
    v: 1,
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    origin,
    lot: 'a',
    round: 1,
    type: 'lot.note',
    step: '',
    public: {},
    secrets: { value: profile.commitment(salt, secret) },
    actor: { party: 'node:main' },
    at: AT,
    basis: seq,
  };
  const context: CommandPart['context'] = {
    v: 1,
    at: AT,
    engine: 'test',
    actor: { party: 'node:main', assurance: 'node' },
    certificate: 'node',
    facts: {},
  };
  const who: WhoPart = {
    signer: ref,
    signature: signWith(signer, 'command', command),
    person: null,
    organisation: null,
    evidence: evidence ?? { chain: [], revocation: null },
  };
  const open = (value: JsonValue): { salt: string; text: string } => ({ salt: profile.newSalt(), text: canonicalText(value) });
  const parts = {
    skeleton: open({ events: [] }),
    command: open({ command, context }),
    who: open(JSON.parse(JSON.stringify(who)) as JsonValue),
    'x:value': { salt, text: secret },
  };
  const commitments = Object.fromEntries(
    Object.entries(parts).map(([name, opening]) => [name, profile.commitment(opening.salt, opening.text)]),
  );
  return { header: { v: 1, seq, at: AT, type: 'lot.note', parts: commitments }, parts };
}

interface Note {
  readonly origin?: string;
  readonly key?: LocalSigner;
  readonly cosigners?: readonly ReturnType<typeof witness>[];
  /** What the witnesses cosigned, when it is not this checkpoint. */
  readonly over?: string;
}
const checkpointOf = (log: readonly SentEntry[], origin = ORIGIN): string =>
  formatCheckpoint({
    origin,
    size: log.length,
    root: rootOfLeafHashes(hasher, flatHashes(log.map((entry) => headerLeaf(hasher, entry.header)))),
  });

/** The signed note of a log as a venue would send it. */
function noteOf(log: readonly SentEntry[], { origin = ORIGIN, key = logKey, cosigners = witnesses, over }: Note = {}): string {
  const { text, signatures } = signNote(suite, checkpointOf(log, origin), noteSigner(key, origin, SIGNATURE_TYPE.note));
  return formatNote({ text, signatures: [...signatures, ...cosigners.map((each) => cosign(suite, over ?? text, each, 1_774_000_000))] });
}
const read = (checkpoint: string): ReadHead | null =>
  readHead(judgeOf(profile, ORIGIN, logKey.publicKey), { checkpoint }, { policy, isDegraded: false });
const verifierOf = (log: readonly SentEntry[], checkpoint = noteOf(log)): LogVerifier =>
  new LogVerifier(profile, log, ORIGIN, read(checkpoint));
const withoutPart = (entry: SentEntry, name: string): SentEntry => ({
  ...entry,
  parts: Object.fromEntries(Object.entries(entry.parts).filter(([part]) => part !== name)),
});

describe('verification in the browser', () => {
  const log = [0, 1, 2, 3, 4].map((seq) => entryOf(seq));

  it('A-200 is green over an honest log under a checkpoint that the log signed and a quorum of its frozen policy cosigned', () => {
    const sut = verifierOf(log, noteOf(log, { cosigners: witnesses.slice(0, 2) }));
    for (const { header } of log) {
      const verdict = sut.check(header.seq);
      expect(verdict.checks).toEqual({
        leaf: 'pass',
        parts: 'pass',
        signature: 'pass',
        certificate: 'unanchored',
        inclusion: 'pass',
        checkpoint: 'pass',
      });
      expect(summaryOf(verdict)).toBe('verified');
    }
  });

  it.each<[string, string, string]>([
    ['there is no checkpoint', '', 'unverified'],
    ['what was sent is no note', 'hello', 'unverified'],
    ['fewer than the quorum cosigned', noteOf(log, { cosigners: witnesses.slice(0, 1) }), 'unverified'],
    ['nobody cosigned', noteOf(log, { cosigners: [] }), 'unverified'],
    ['a cosignature is by a foreign key', noteOf(log, { cosigners: [...witnesses.slice(0, 1), witness('sub-2')] }), 'unverified'],
    ['the witnesses cosigned another head', noteOf(log, { over: checkpointOf(log.slice(0, 2)) }), 'unverified'],
    ['the checkpoint is older than the entry', noteOf(log.slice(0, 2)), 'unverified'],
    ['a foreign key signed the checkpoint', noteOf(log, { key: profile.generateSigner('node') }), 'broken'],
    ['the checkpoint is another log’s', noteOf(log, { origin: 'gongping.test/lot/b/1' }), 'broken'],
    ['the checkpoint has another root', noteOf(log.map((_, seq) => entryOf(seq))), 'broken'],
  ])('A-200 is not green when %s', (_name, checkpoint, seal) => {
    expect(summaryOf(verifierOf(log, checkpoint).check(4))).toBe(seal);
  });

  it('A-200 is not green while the venue was not told the log’s key', () => {
    const head = readHead(judgeOf(profile, ORIGIN, ''), { checkpoint: noteOf(log) }, { policy, isDegraded: false });
    expect(summaryOf(new LogVerifier(profile, log, ORIGIN, head).check(4))).toBe('unverified');
  });

  it('A-200 is not green under a policy that the lot did not freeze, nor by an order to go on without the quorum', () => {
    for (const rules of [null, { policy: '', isDegraded: false }, { policy, isDegraded: true }]) {
      const head = readHead(judgeOf(profile, ORIGIN, logKey.publicKey), { checkpoint: noteOf(log, { cosigners: [] }) }, rules);
      expect(summaryOf(new LogVerifier(profile, log, ORIGIN, head).check(4))).toBe('unverified');
    }
  });

  it('is broken when a visible part was exchanged', () => {
    const bad = log.map((entry) =>
      entry.header.seq === 2 ? { ...entry, parts: { ...entry.parts, 'x:value': { salt: profile.newSalt(), text: '8' } } } : entry,
    );
    const verdict = verifierOf(bad, noteOf(log)).check(2);
    expect(verdict.checks.parts).toBe('fail');
    expect(summaryOf(verdict)).toBe('broken');
  });

  it('is broken when the commitment of a secret is not the signed one, however well the rest fits', () => {
    const other = entryOf(0, undefined, '9');
    const entry = log[0]!;
    const swapped = {
      header: { ...entry.header, parts: { ...entry.header.parts, 'x:value': other.header.parts['x:value'] ?? '' } },
      parts: entry.parts,
    };
    const bad = [withoutPart(swapped, 'x:value')];
    expect(verifierOf(bad).check(0).checks.signature).toBe('fail');
  });

  it('is broken when a header of the log was changed after the checkpoint', () => {
    const bad = log.map((entry) => (entry.header.seq === 1 ? { ...entry, header: { ...entry.header, type: 'lot.other' } } : entry));
    expect(verifierOf(bad, noteOf(log)).check(3).checks.inclusion).toBe('fail');
  });

  it('says not visible of a signature that is not shown to this reader, and does not call that broken', () => {
    const partly = log.map((entry) => withoutPart(entry, 'who'));
    const verdict = verifierOf(partly).check(0);
    expect(verdict.checks).toMatchObject({ signature: 'not-visible', certificate: 'not-visible' });
    expect(summaryOf(verdict)).toBe('verified');
  });
});

describe('whoever signed', () => {
  let certificate: string;
  let evidence: WhoPart['evidence'];
  let strangers: WhoPart['evidence'];
  const period = { thisUpdate: '2026-01-02T00:00:00.000Z', nextUpdate: '2026-12-31T00:00:00.000Z' };

  beforeAll(async () => {
    const root = await createAuthority(profile.generateSigner(), '演示根', YEAR);
    const stranger = await createAuthority(profile.generateSigner(), '演示根', YEAR);
    certificate = await issue(root, { name: '李明' }, holder.publicKey, YEAR);
    evidence = { chain: [root.certificate], revocation: await revocationList(root, [], period) };
    strangers = { chain: [stranger.certificate], revocation: await revocationList(stranger, [], period) };
  });
  const checksOf = (signing: Signing) => {
    const log = [entryOf(0, signing)];
    const { checks } = verifierOf(log).check(0);
    return [checks.signature, checks.certificate];
  };
  const byCertificate = (): Signing => ({ signer: holder, ref: { kind: 'certificate', certificate }, evidence });
  const bySession = (more: Partial<SessionGrant> = {}): Signing => {
    const grant: SessionGrant = {
      v: 1,
      installation: 'gongping.test',
      lot: 'a',
      seat: 'seat-1',
      publicKey: session.publicKey,
      notBefore: '2026-03-24T00:00:00.000Z',
      notAfter: '2026-03-24T12:00:00.000Z',
      ...more,
    };
    return { signer: session, ref: { kind: 'session', certificate, grant, grantSignature: grantSession(holder, grant) }, evidence };
  };

  it('is in order by the record, and trusted only where roots are known', () => {
    expect(checksOf(byCertificate())).toEqual(['pass', 'unanchored']);
    expect(checksOf(bySession())).toEqual(['pass', 'unanchored']);
  });

  it.each<[string, () => Signing, string[]]>([
    ['the recorded chain is another authority’s', () => ({ ...byCertificate(), evidence: strangers }), ['pass', 'fail']],
    ['no chain is recorded', () => ({ ...byCertificate(), evidence: { chain: [], revocation: null } }), ['pass', 'fail']],
    ['no revocation list is recorded', () => ({ ...byCertificate(), evidence: { ...evidence, revocation: null } }), ['pass', 'fail']],
    ['the session had ended', () => bySession({ notAfter: '2026-03-24T01:29:59.999Z' }), ['pass', 'fail']],
    ['the session had not begun', () => bySession({ notBefore: '2026-03-24T01:30:00.001Z' }), ['pass', 'fail']],
    ['the session is for another lot', () => bySession({ lot: 'b' }), ['pass', 'fail']],
    ['the session is for another installation', () => bySession({ installation: 'other' }), ['pass', 'fail']],
    ['the command is for another log', () => ({ ...byCertificate(), origin: 'gongping.test/lot/b/1' }), ['fail', 'fail']],
    ['another key signed', () => ({ ...byCertificate(), signer: session }), ['fail', 'fail']],
  ])('is found out when %s', (_name, signing, expected) => {
    expect(checksOf(signing())).toEqual(expected);
  });
});
