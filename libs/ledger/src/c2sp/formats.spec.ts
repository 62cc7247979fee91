import { toHex, utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainHash, signerOf, suite } from '../../test/suite.js';
import {
  cosign,
  formatCheckpoint,
  formatNote,
  formatSignatureLine,
  formatVerifierKey,
  isKeyName,
  keyIdOf,
  LedgerFormatError,
  LedgerRangeError,
  NOTE_SIGNATURES_MAX,
  NOTE_SIZE_MAX,
  openNote,
  parseCheckpoint,
  parseCheckpointNote,
  parseNote,
  parseSignatureLine,
  parseVerifierKey,
  sameHead,
  SIGNATURE_TYPE,
  signatureId,
  signNote,
  verifySignature,
  withSignatures,
} from '../index.js';

const ORIGIN = 'gongping.demo/lot/lot-2026-001/1';
const log = signerOf(ORIGIN, SIGNATURE_TYPE.note);
const witness = signerOf('gongping.demo/witness/sub-1', SIGNATURE_TYPE.cosignature);
const root = plainHash(utf8('root'));
const body = formatCheckpoint({ origin: ORIGIN, size: 7, root });
const note = signNote(suite, body, log);
const text = formatNote(note);

describe('signed note (C2SP signed-note)', () => {
  it('reads the example of the specification', () => {
    const example =
      'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n' +
      '— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n';
    const read = parseNote(example);
    expect(read.text).toMatch(/^Ognuno[^]*\n\ned è subito sera\.\n$/);
    expect(read.signatures.map(signatureId)).toEqual(['quasimodo.example/salvatore+367ba04b']);
    expect(formatNote(read)).toBe(example);
  });

  it.each([
    ['nothing', ''],
    ['no signature', `${body}\n`],
    ['no blank line', body + formatSignatureLine(note.signatures[0]!)],
    ['no final newline', text.slice(0, -1)],
    ['a carriage return', text.replaceAll('\n', '\r\n')],
    ['a tab', text.replace('7', '7\t')],
    ['a control character in a signature line', text.replace('— ', '— \u0001')],
    ['a lone surrogate', text.replace('7', '\ud800')],
    ['a hyphen instead of a dash', text.replace('—', '-')],
    ['two spaces', text.replace(`— ${ORIGIN} `, `— ${ORIGIN}  `)],
    ['a plus in a name', text.replace(`— ${ORIGIN}`, '— a+b')],
    ['a no-break space in a name', text.replace(`— ${ORIGIN}`, '— a\u00a0b')],
    ['no name', text.replace(`— ${ORIGIN} `, '—  ')],
    ['bad base64', text.replace(/=\n$/, '\n')],
    ['trailing bits in base64', `a\n\n— b AAAAAAB=\n`],
    ['a signature of only an id', 'a\n\n— b AAAAAA==\n'],
    ['an empty text', '\n\n— b AAAAAAA=\n'],
    ['too many signatures', `a\n\n${'— b AAAAAAA=\n'.repeat(NOTE_SIGNATURES_MAX + 1)}`],
    ['too long a text', `${'a'.repeat(NOTE_SIZE_MAX)}\n\n— b AAAAAAA=\n`],
  ])('refuses %s', (_name, bad) => {
    expect(() => parseNote(bad)).toThrow(LedgerFormatError);
  });

  it('refuses to write what it would not read', () => {
    expect(() => formatNote({ text: 'a', signatures: note.signatures })).toThrow(LedgerFormatError);
    expect(() => formatNote({ text: 'a\n', signatures: [] })).toThrow(LedgerFormatError);
    expect(() => formatSignatureLine({ ...note.signatures[0]!, name: 'a b' })).toThrow(LedgerFormatError);
    expect(() => formatSignatureLine({ ...note.signatures[0]!, keyId: new Uint8Array(3) })).toThrow(LedgerFormatError);
    expect(() => signNote(suite, 'a', log)).toThrow(LedgerFormatError);
    expect(() => signNote(suite, body, witness)).toThrow(LedgerRangeError);
    expect(() => parseSignatureLine('— a')).toThrow(LedgerFormatError);
  });

  it('survives any text as input with its documented error only', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((noise) => text.replace('7', noise)),
        ),
        (input) => {
          try {
            expect(formatNote(parseNote(input))).toBe(input);
          } catch (error) {
            expect(error).toBeInstanceOf(LedgerFormatError);
          }
        },
      ),
    );
  });

  it('is opened by a known key; unknown keys are ignored and a bad known signature refuses all of it', () => {
    const other = signerOf('someone.example', SIGNATURE_TYPE.note);
    const both = withSignatures(note, signNote(suite, body, other).signatures);
    expect(openNote(suite, both, [log]).map(({ key }) => key)).toEqual([log]);
    expect(openNote(suite, both, [log, other])).toHaveLength(2);
    expect(() => openNote(suite, both, [witness])).toThrow(/no signature of a known key/);
    const forged = { text: body.replace('7', '8'), signatures: both.signatures };
    expect(() => openNote(suite, forged, [log, other])).toThrow(/does not verify/);
    const twice = { text: body, signatures: [...note.signatures, ...note.signatures] };
    expect(openNote(suite, twice, [log])).toHaveLength(1);
    expect(withSignatures(note, note.signatures).signatures).toHaveLength(1);
  });
});

describe('verifier key', () => {
  it('has one text, which is read back', () => {
    const line = formatVerifierKey(plainHash, log);
    expect(parseVerifierKey(plainHash, line)).toEqual({ keyName: ORIGIN, type: 1, publicKey: log.publicKey });
    // A known key from the documentation of Go's note package.
    const go = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(toHex(keyIdOf(plainHash, parseVerifierKey(plainHash, go)))).toBe('c74f20a3');
    expect(formatVerifierKey(plainHash, parseVerifierKey(plainHash, go))).toBe(go);
  });

  it.each([
    '',
    'a',
    'a+b',
    'a+00000000+AQ==',
    'a b+c74f20a3+AAAA',
    '+c74f20a3+AAAA',
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  ])('refuses %s', (bad) => {
    expect(() => parseVerifierKey(plainHash, bad)).toThrow(LedgerFormatError);
  });

  it('has a name without spaces or plus', () => {
    expect(['a', 'gongping.demo/lot/1', '公评'].every(isKeyName)).toBe(true);
    expect(['', ' ', 'a+b', 'a\u2028b', 'a\u3000b', 'a\u0000', '\ud800'].some(isKeyName)).toBe(false);
    expect(() => formatVerifierKey(plainHash, { ...log, keyName: 'a b' })).toThrow(LedgerFormatError);
  });
});

describe('checkpoint (C2SP tlog-checkpoint)', () => {
  it('carries origin, size and root, and keeps extension lines', () => {
    expect(parseCheckpoint(body)).toEqual({ origin: ORIGIN, size: 7, root, extensions: [] });
    const extended = formatCheckpoint({ origin: ORIGIN, size: 0, root, extensions: ['a', 'b'] });
    expect(parseCheckpoint(extended)).toEqual({ origin: ORIGIN, size: 0, root, extensions: ['a', 'b'] });
    expect(parseCheckpointNote(text).checkpoint.size).toBe(7);
    expect(sameHead(parseCheckpoint(body), { size: 7, root })).toBe(true);
    expect(sameHead(parseCheckpoint(body), { size: 7, root: plainHash(root) })).toBe(false);
  });

  it.each([
    ['no newline at the end', body.slice(0, -1)],
    ['two lines', `${ORIGIN}\n7\n`],
    ['an empty origin', body.replace(ORIGIN, '')],
    ['a huge origin', body.replace(ORIGIN, 'a'.repeat(301))],
    ['a leading zero', body.replace('\n7\n', '\n07\n')],
    ['a sign', body.replace('\n7\n', '\n+7\n')],
    ['a size beyond 2^53', body.replace('\n7\n', '\n9007199254740992\n')],
    ['a short root', `${ORIGIN}\n7\nAAAA\n`],
    ['an empty extension line', `${body}\n`],
  ])('refuses %s', (_name, bad) => {
    expect(() => parseCheckpoint(bad)).toThrow(LedgerFormatError);
  });

  it('refuses to write lines that would be read as other lines', () => {
    expect(() => formatCheckpoint({ origin: 'a\n5', size: 7, root })).toThrow(LedgerFormatError);
    expect(() => formatCheckpoint({ origin: 'a', size: 7, root, extensions: ['x\ny'] })).toThrow(LedgerFormatError);
    expect(() => formatCheckpoint({ origin: 'a', size: 1.5, root })).toThrow(LedgerFormatError);
  });
});

describe('cosignature (C2SP tlog-cosignature v1)', () => {
  const signature = cosign(suite, body, witness, 1_679_315_147);

  it('verifies over the checkpoint and the time it states', () => {
    expect(verifySignature(suite, body, signature, witness)).toEqual({ key: witness, timestamp: 1_679_315_147 });
    expect(openNote(suite, withSignatures(note, [signature]), [log, witness])).toHaveLength(2);
    expect(signature.signature).toHaveLength(72);
  });

  it('is refused for another checkpoint, time, key or key type', () => {
    expect(verifySignature(suite, body.replace('7', '8'), signature, witness)).toBeNull();
    const later = { ...signature, signature: signature.signature.with(7, 0) };
    expect(verifySignature(suite, body, later, witness)).toBeNull();
    const far = { ...signature, signature: signature.signature.with(0, 0x7f) };
    expect(verifySignature(suite, body, far, witness)).toBeNull();
    expect(verifySignature(suite, body, { ...signature, signature: signature.signature.slice(0, 8) }, witness)).toBeNull();
    expect(verifySignature(suite, body, signature, signerOf(witness.keyName, SIGNATURE_TYPE.cosignature, 'other'))).toBeNull();
    const odd = signerOf('odd.example', 0x05);
    const line = { name: odd.keyName, keyId: keyIdOf(plainHash, odd), signature: odd.sign(utf8(body)) };
    expect(verifySignature(suite, body, line, odd)).toBeNull();
  });

  it('is never made over anything but a checkpoint, nor by another kind of key', () => {
    expect(() => cosign(suite, 'a\n', witness, 1)).toThrow(LedgerFormatError);
    expect(() => cosign(suite, body, log, 1)).toThrow(LedgerRangeError);
    expect(() => cosign(suite, body, witness, -1)).toThrow(LedgerRangeError);
    const loose = { ...signature, name: witness.keyName };
    expect(verifySignature(suite, 'no checkpoint\n', loose, witness)).toBeNull();
  });
});
