import { canonicalText, toHex, type CommandPart, type Head, type JsonValue, type SentEntry, type WhoPart } from '@app/contracts';
import { flatHashes, headerLeaf, rootOfLeafHashes, TreeHasher } from '@app/ledger';
import { profileOf, signWith } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import { LogVerifier, summaryOf } from './verify-entry.js';

const profile = profileOf('gp-std-1');
const hasher = new TreeHasher(profile.hash);
const node = profile.generateSigner('node');
const AT = '2026-03-24T01:30:00.000Z';

function entryOf(seq: number, secret = '7'): SentEntry {
  const salt = profile.newSalt();
  const command: CommandPart['command'] = {
    v: 1,
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    origin: 'gongping.test/lot/a/1',
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
    signer: { kind: 'node', name: 'main', publicKey: node.publicKey },
    signature: signWith(node, 'command', command),
    person: null,
    organisation: null,
    evidence: { chain: [], revocation: null },
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

function headOf(log: readonly SentEntry[], more: Partial<Head> = {}): Head {
  const root = rootOfLeafHashes(hasher, flatHashes(log.map((entry) => headerLeaf(hasher, entry.header))));
  return {
    origin: 'gongping.test/lot/a/1',
    size: log.length,
    root: toHex(root),
    at: AT,
    checkpoint: '',
    cosigned: ['a', 'b'],
    quorum: 2,
    witnesses: 3,
    ...more,
  };
}
const withoutPart = (entry: SentEntry, name: string): SentEntry => ({
  ...entry,
  parts: Object.fromEntries(Object.entries(entry.parts).filter(([part]) => part !== name)),
});

describe('verification in the browser', () => {
  const log = [0, 1, 2, 3, 4].map((seq) => entryOf(seq));

  it('A-200 passes every check of an honest log', () => {
    const sut = new LogVerifier(profile, log, headOf(log));
    for (const { header } of log) {
      const verdict = sut.check(header.seq);
      expect(verdict.checks).toEqual({ leaf: 'pass', parts: 'pass', signature: 'pass', inclusion: 'pass', checkpoint: 'pass' });
      expect(summaryOf(verdict)).toBe('verified');
    }
  });

  it('is broken when a visible part was exchanged', () => {
    const bad = log.map((entry) =>
      entry.header.seq === 2 ? { ...entry, parts: { ...entry.parts, 'x:value': { salt: profile.newSalt(), text: '8' } } } : entry,
    );
    const verdict = new LogVerifier(profile, bad, headOf(log)).check(2);
    expect(verdict.checks.parts).toBe('fail');
    expect(summaryOf(verdict)).toBe('broken');
  });

  it('is broken when the commitment of a secret is not the signed one, however well the rest fits', () => {
    const other = entryOf(0, '9');
    const entry = log[0];
    if (entry === undefined) throw new Error('no entry');
    const swapped = {
      header: { ...entry.header, parts: { ...entry.header.parts, 'x:value': other.header.parts['x:value'] ?? '' } },
      parts: entry.parts,
    };
    const bad = [withoutPart(swapped, 'x:value')];
    expect(new LogVerifier(profile, bad, headOf(bad)).check(0).checks.signature).toBe('fail');
  });

  it('is broken when a header of the log was changed after the checkpoint', () => {
    const bad = log.map((entry) => (entry.header.seq === 1 ? { ...entry, header: { ...entry.header, type: 'lot.other' } } : entry));
    expect(new LogVerifier(profile, bad, headOf(log)).check(3).checks.inclusion).toBe('fail');
  });

  it('says not visible of a signature that is not shown to this reader, and does not call that broken', () => {
    const partly = log.map((entry) => withoutPart(entry, 'who'));
    const verdict = new LogVerifier(profile, partly, headOf(log)).check(0);
    expect(verdict.checks.signature).toBe('not-visible');
    expect(summaryOf(verdict)).toBe('verified');
  });

  it.each([
    ['there is no checkpoint yet', null],
    ['the checkpoint is older than the entry', headOf(log.slice(0, 2))],
    ['too few witnesses cosigned', headOf(log, { cosigned: ['a'] })],
  ])('stays unverified while %s', (_, head) => {
    expect(summaryOf(new LogVerifier(profile, log, head).check(4))).toBe('unverified');
  });
});
