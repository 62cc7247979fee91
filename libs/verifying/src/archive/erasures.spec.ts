import type { Archive, ArchivedEntry, Trust } from '@app/archive';
import { readArchive, writeArchive, zTrust } from '@app/archive';
import { NODE_DIGESTS } from '@app/archive/node';
import type { Command, Context, JsonObject, JsonValue, Opening, VisibleEntry } from '@app/contracts';
import { canonicalText, PART, toHex } from '@app/contracts';
import { LotRun } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { flatHashes, formatCheckpoint, formatNote, headerLeaf, MerkleTree, SIGNATURE_TYPE, signNote, TreeHasher } from '@app/ledger';
import { bytesAsSource, noteSigner, noteSuite } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Report } from '../report.js';
import { verifyArchive } from './verify-archive.js';

/**
 * The golden archive of a government lot, gone on with: archived, then parts ordered to be erased. Nobody here holds the keys of its people
 * and its log, so the new entries are shown without their signers, and the head is signed by another key: verified without trust anchors.
 */
const FOLDER = new URL('../../../../tools/verify/fixtures/0.1.0/', import.meta.url);
const profile = profileOf('gp-std-1');
const hasher = new TreeHasher(profile.hash);
const golden = await readArchive(bytesAsSource(Uint8Array.from(readFileSync(new URL('TV-E2E-02.zip', FOLDER)))));
const trust = zTrust.parse(JSON.parse(readFileSync(new URL('trust.json', FOLDER), 'utf8')));
const shelf = await openCheckedShelf();
const verify = (archive: Archive, anchors: Trust | null = null): Promise<Report> =>
  verifyArchive(writeArchive(archive), anchors, { profileFor: () => profile, digests: NODE_DIGESTS, shelf });
const verdicts = ({ checks }: Report): Record<string, string> => Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));

const read = ({ header, parts }: ArchivedEntry): VisibleEntry => ({
  header,
  parts: Object.fromEntries(Object.entries(parts).map(([name, { text }]) => [name, JSON.parse(text) as JsonValue])),
});
const runOf = ({ head, entries }: Archive): LotRun => entries.reduce((run, entry) => run.next(read(entry)), LotRun.begin(shelf, head));

/** The archive with one more entry, decided by the rules, under a head of its own. */
function withAct(archive: Archive, party: string, type: string, payload: JsonObject): Archive {
  const run = runOf(archive);
  const { origin, lot, round, size } = archive.head;
  const at = run.state.at ?? '';
  const id = `01a0c000-0000-7000-8000-${size.toString(16).padStart(12, '0')}`;
  const command: Command = {
    v: 1,
    id,
    origin,
    lot,
    round,
    type,
    step: '',
    public: payload,
    secrets: {},
    actor: { party },
    at,
    basis: size,
  };
  const assurance = party.startsWith('node:') ? 'node' : 'certificate';
  const context: Context = {
    v: 1,
    at,
    engine: run.engineFor(command),
    actor: { party, assurance },
    certificate: party.startsWith('node:') ? 'node' : 'good',
    facts: {},
  };
  const decision = run.decide({ command, openings: {} }, context);
  if (!decision.ok) throw new Error(`${decision.code} ${decision.message}`);
  const opening = (value: JsonValue): Opening => ({ salt: profile.newSalt(), text: canonicalText(value) });
  const parts = { [PART.skeleton]: opening({ events: [...decision.events] }), [PART.command]: opening({ command, context }) };
  const commitments = Object.fromEntries(Object.entries(parts).map(([name, { salt, text }]) => [name, profile.commitment(salt, text)]));
  const hidden = opening({ who: 'not shown' });
  const header = {
    v: 1 as const,
    seq: size,
    at,
    type,
    parts: { ...commitments, [PART.who]: profile.commitment(hidden.salt, hidden.text) },
  };
  return headed({ ...archive, entries: [...archive.entries, { header, parts, erased: [] }] });
}

/** Size, leaves and head that fit the entries; the head signed by a key that nobody knows. */
function headed(archive: Archive): Archive {
  const leaves = archive.entries.map(({ header }) => headerLeaf(hasher, header));
  const size = leaves.length;
  const { origin } = archive.head;
  const signer = noteSigner(profile.generateSigner('node'), origin, SIGNATURE_TYPE.note);
  const root = new MerkleTree(hasher, flatHashes(leaves)).root(size);
  const checkpoint = formatNote(signNote(noteSuite(profile), formatCheckpoint({ origin, size, root }), signer));
  return { ...archive, head: { ...archive.head, size }, leaves: leaves.map(toHex), checkpoint };
}

/** The archive without a part, which it says was erased. */
function without(archive: Archive, seq: number, part: string): Archive {
  const entries = archive.entries.map((entry) => {
    if (entry.header.seq !== seq) return entry;
    const parts = Object.fromEntries(Object.entries(entry.parts).filter(([name]) => name !== part));
    return { ...entry, parts, erased: [...entry.erased, part].sort() };
  });
  return { ...archive, entries };
}

const archived = withAct(golden, 'node:main', 'award.archive', { package: '0'.repeat(64), size: 1 });
const ordered = withAct(archived, 'supervisor', 'lot.erase-parts', {
  parts: [3, 5].map((seq) => ({ seq, name: PART.who })),
  ground: '保存期限已届满（个人信息保护法第四十七条）',
});

describe('erased parts', () => {
  it('that a later entry orders to be erased are ERASED in every check that needs them, and fail none', async () => {
    const report = await verify(without(without(ordered, 3, PART.who), 5, PART.who));
    expect(report.first).toBeNull();
    // The two entries of this test show no signer at all.
    expect([report.verdict, report.missing]).toEqual(['INCOMPLETE', expect.stringContaining('lacks what')]);
    expect(verdicts(report)).toMatchObject({
      parts: 'NOT VISIBLE',
      signatures: 'NOT VISIBLE',
      bindings: 'NOT VISIBLE',
      erasures: 'PASS',
      // Who signed is read by no rule.
      decide: 'PASS',
      evolve: 'PASS',
    });
    expect(report.checks.find(({ id }) => id === 'signatures')?.note).toBe('2 not visible; 2 erased');
  });

  it('may be here all the same, and are then checked like others', async () => {
    expect(verdicts(await verify(ordered))).toMatchObject({
      parts: 'NOT VISIBLE',
      signatures: 'NOT VISIBLE',
      erasures: 'NOTHING TO CHECK',
    });
  });

  it('that nobody ordered to be erased are a FAIL that names entry and part', async () => {
    const report = await verify(without(golden, 3, PART.who), trust);
    expect([report.exit, verdicts(report)['erasures']]).toEqual([1, 'FAIL']);
    expect(report.first?.where).toMatch(/^entry 3 \(.*\), part who$/);
    expect((await verify(without(ordered, 4, PART.who))).first?.where).toMatch(/^entry 4 \(/);
  });

  it.each([PART.skeleton, PART.command, 'x:bindings'])('are never %s: no order can name it', async (part) => {
    expect(verdicts(await verify(without(ordered, 0, part)))['erasures']).toBe('FAIL');
  });

  it('cannot be excused by an order that the rules refuse', async () => {
    // An order in a lot that is not over: a venue that writes it all the same is found by asking the rules again.
    const event = {
      type: 'lot.parts-erased',
      at: '2026-06-01T00:00:00.000Z',
      by: 'supervisor',
      parts: [{ seq: 3, name: PART.who }],
      ground: 'x',
    };
    const last = ordered.entries.at(-1);
    if (last === undefined) throw new Error('no entry');
    const opening = { salt: profile.newSalt(), text: canonicalText({ events: [{ type: 'entry.acted', party: 'supervisor' }, event] }) };
    const header = {
      ...last.header,
      seq: golden.head.size,
      parts: { ...last.header.parts, skeleton: profile.commitment(opening.salt, opening.text) },
    };
    const forged = headed({ ...golden, entries: [...golden.entries, { ...last, header, parts: { ...last.parts, skeleton: opening } }] });
    const report = await verify(without(forged, 3, PART.who));
    expect(report.checks.find(({ id }) => id === 'decide')).toMatchObject({
      verdict: 'FAIL',
      first: { reason: expect.stringContaining('WRONG_STATE') },
    });
  });
});
