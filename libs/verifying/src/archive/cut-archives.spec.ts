import type { Archive, ArchivedEntry, Trust } from '@app/archive';
import { readArchive, writeArchive, zTrust } from '@app/archive';
import { NODE_DIGESTS } from '@app/archive/node';
import { canonicalText, PART, parseCanonical, toHex } from '@app/contracts';
import type { Viewer, VisibleEntry } from '@app/contracts';
import { LotRun, secretEntryOf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import type { VerifierKey } from '@app/ledger';
import {
  cosign,
  flatHashes,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  headerLeaf,
  MerkleTree,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
} from '@app/ledger';
import { bytesAsSource, decodePublicKey, noteSigner, noteSuite } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Report } from '../report.js';
import { verifyArchive } from './verify-archive.js';

/**
 * Attacks on what an archive leaves out. The outsider holds no key and only deletes; the operator holds the log's key and those of the
 * witnesses, and may write any head over any entries.
 */
const FOLDER = new URL('../../../../tools/verify/fixtures/0.1.0/', import.meta.url);
const profile = profileOf('gp-std-1');
const hasher = new TreeHasher(profile.hash);
const golden = await readArchive(bytesAsSource(Uint8Array.from(readFileSync(new URL('TV-E2E-02.zip', FOLDER)))));
const trust = zTrust.parse(JSON.parse(readFileSync(new URL('trust.json', FOLDER), 'utf8')));
const shelf = await openCheckedShelf();
const verify = (archive: Archive, anchors: Trust | null = trust): Promise<Report> =>
  verifyArchive(writeArchive(archive), anchors, { profileFor: () => profile, digests: NODE_DIGESTS, shelf });
const verdictOf = (report: Report, id: string): string | undefined => report.checks.find((check) => check.id === id)?.verdict;

/** The archive without some parts of some entries. */
const without = (archive: Archive, drops: (entry: ArchivedEntry, name: string) => boolean): Archive => ({
  ...archive,
  entries: archive.entries.map((entry) => ({
    ...entry,
    parts: Object.fromEntries(Object.entries(entry.parts).filter(([name]) => !drops(entry, name))),
  })),
});

const read = ({ header, parts }: ArchivedEntry): VisibleEntry => ({
  header,
  parts: Object.fromEntries(Object.entries(parts).map(([name, { text }]) => [name, parseCanonical(text)])),
});
const visible = golden.entries.map(read);
const run = visible.reduce((before, entry) => before.next(entry), LotRun.begin(shelf, golden.head, shelf.find(golden.head.engine)));
/** As the audience table cuts the archive for a reader. */
const cutFor = (viewer: Viewer): Archive =>
  without(golden, ({ header }, name) => {
    const entry = visible[header.seq];
    return entry === undefined || !run.audience(viewer, secretEntryOf(entry), name);
  });

describe('an archive that was cut', () => {
  it('SEC-1 FMT-3.1 without signers is INCOMPLETE, exit 3, and says what it lacks', async () => {
    const report = await verify(without(golden, (_entry, name) => name === PART.who));
    expect([report.verdict, report.exit]).toEqual(['INCOMPLETE', 3]);
    expect(verdictOf(report, 'signatures')).toBe('NOT VISIBLE');
    expect(report.missing).toMatch(/^lacks what the public sees: entry \d+ part who/);
  });

  it.each([PART.skeleton, PART.command])(
    'SEC-1 without the %s of its last entries FAILs: whoever passes it on cannot hide the award',
    async (part) => {
      const report = await verify(without(golden, ({ header }, name) => name === part && header.seq >= golden.head.size - 5));
      expect([report.verdict, report.exit, report.first?.seq]).toEqual(['FAIL', 1, golden.head.size - 5]);
      expect(report.first?.reason).toContain('withheld');
    },
  );

  it('SEC-1 FMT-3.1 no check of an archive without any command says PASS', async () => {
    const report = await verify(without(golden, (_entry, name) => name === PART.command));
    for (const id of ['commands', 'signatures']) expect(verdictOf(report, id)).toBe('FAIL');
    for (const id of ['certificates', 'bindings', 'names', 'decide']) expect(verdictOf(report, id)).toBe('NOTHING TO CHECK');
  });

  it('for the public, as the audience table allows, says so', async () => {
    const report = await verify(cutFor({ party: null, roles: [] }));
    expect([report.verdict, report.exit]).toEqual(['INCOMPLETE', 3]);
    expect(report.missing).toMatch(/^cut for the public as the audience table allows: \d+ parts/);
  });

  it('for a bidder and further by a forwarder, names what the bidder would see', async () => {
    const bidder: Viewer = { party: 'bidder-1', roles: ['bidder'] };
    expect((await verify(cutFor(bidder))).missing).toMatch(/^cut for (bidder \(bidder-1\)|the public)/);
  });

  it('FMT-3.3 any single part left out accuses no later, innocent entry', async () => {
    // One part of each kind: what rests on it is not visible, and nothing is wrong.
    const kinds = new Map<string, readonly [number, string]>();
    for (const { header, parts } of golden.entries)
      for (const name of Object.keys(parts))
        if (/^[xd]:/.test(name)) kinds.set(`${header.type} ${name.split(':').slice(0, 2).join(':')}`, [header.seq, name]);
    expect(kinds.size).toBeGreaterThan(20);
    for (const [kind, [seq, part]] of kinds) {
      const report = await verify(
        without(golden, ({ header }, name) => header.seq === seq && name === part),
        null,
      );
      expect([kind, report.verdict, report.first]).toEqual([kind, 'INCOMPLETE', null]);
    }
  });
});

const logSigner = profile.generateSigner('node');
const witness = profile.generateSigner('node');
const suite = noteSuite(profile);
const raw = (key: string): Uint8Array => decodePublicKey(key)?.raw ?? new Uint8Array();
const witnessKey: VerifierKey = { keyName: 'w', type: SIGNATURE_TYPE.cosignature, publicKey: raw(witness.publicKey) };
const OPERATOR: Trust = {
  ...trust,
  logKey: logSigner.publicKey,
  policy: `witness w ${formatVerifierKey(profile.hash, witnessKey)}\nquorum w\n`,
};

/** The operator's archive of these entries: leaves, head and cosignature as they should be; no earlier heads. */
function signed(archive: Archive, at = archive.entries.at(-1)?.header.at ?? ''): Archive {
  const leaves = archive.entries.map(({ header }) => headerLeaf(hasher, header));
  const root = new MerkleTree(hasher, flatHashes(leaves)).root();
  const text = formatCheckpoint({ origin: archive.head.origin, size: leaves.length, root });
  const signer = noteSigner(logSigner, archive.head.origin, SIGNATURE_TYPE.note);
  const time = Math.floor(Date.parse(at) / 1_000);
  const signatures = [
    ...signNote(suite, text, signer).signatures,
    cosign(suite, text, noteSigner(witness, 'w', SIGNATURE_TYPE.cosignature), time),
  ];
  const note = formatNote({ text, signatures });
  return { ...archive, leaves: leaves.map(toHex), checkpoint: note, history: [], acts: [], platformCheckpoint: null };
}

/** An entry whose parts were written anew under new commitments. */
function rewritten(entry: ArchivedEntry, change: Readonly<Record<string, string | null>>): ArchivedEntry {
  const parts = new Map(Object.entries(entry.parts));
  const commitments = { ...entry.header.parts };
  for (const [name, text] of Object.entries(change)) {
    const opening = { salt: profile.newSalt(), text: text ?? 'hidden' };
    commitments[name] = profile.commitment(opening.salt, opening.text);
    if (text === null) parts.delete(name);
    else parts.set(name, opening);
  }
  return { ...entry, header: { ...entry.header, parts: commitments }, parts: Object.fromEntries(parts) };
}

describe('an operator with the keys of log and witnesses', () => {
  const forged = (type: string, change: (skeleton: string) => string, more: Readonly<Record<string, string | null>> = {}): Archive =>
    signed({
      ...golden,
      entries: golden.entries.map((entry) =>
        entry.header.type === type ? rewritten(entry, { [PART.skeleton]: change(entry.parts[PART.skeleton]?.text ?? ''), ...more }) : entry,
      ),
    });
  const otherWinner = (text: string): string => text.replace(/"winner":"bidder-\d"/, '"winner":"bidder-1"');

  it('SEC-1 cannot announce another winner in a skeleton: the rules decide otherwise', async () => {
    const report = await verify(forged('award.announce', otherWinner), OPERATOR);
    expect(report.verdict).toBe('FAIL');
    expect(report.checks.find(({ id }) => id === 'decide')?.first?.reason).toMatch(
      /winner: the rules give "bidder-\d", the entry says "bidder-1"/,
    );
  });

  it('SEC-1 FMT-3.1 cannot hide the command that nobody signed', async () => {
    const report = await verify(forged('award.announce', otherWinner, { [PART.command]: null }), OPERATOR);
    expect([report.verdict, verdictOf(report, 'parts')]).toEqual(['FAIL', 'FAIL']);
  });

  it('FMT-3.5 SEC-20 cannot show a cosignature from before the entries', async () => {
    const early = signed(golden, '2026-11-20T00:00:00.000Z');
    expect((await verify(early, OPERATOR)).checks.find(({ id }) => id === 'cosignatures')).toMatchObject({
      verdict: 'FAIL',
      first: { reason: expect.stringContaining('before the newest entry') },
    });
  });

  it('FMT-3.5 cannot write a part of a kind that does not exist', async () => {
    const entries = golden.entries.map((entry, index) => (index === 4 ? rewritten(entry, { note: canonicalText('x') }) : entry));
    expect((await verify(signed({ ...golden, entries }), OPERATOR)).first).toMatchObject({ seq: 4, reason: 'is no name of a part' });
  });

  it('is found out even where nothing was altered: the policy that the lot froze names other witnesses', async () => {
    const report = await verify(signed(golden), OPERATOR);
    expect(report.checks.filter(({ verdict }) => verdict === 'FAIL').map(({ id }) => id)).toEqual(['cosignatures', 'acts']);
  });
});
