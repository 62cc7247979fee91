import type { Trust } from '@app/contracts';
import { profileOf } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { zTrust } from '@app/archive';
import { anchorsOf, otherAnchors, trustFingerprint } from './anchors.js';
import { readTrustChange, signTrustChange } from './trust-file.js';

const profile = profileOf('gp-std-1');
const file = readFileSync(new URL('../../../../tools/verify/fixtures/0.2.0/trust.json', import.meta.url), 'utf8');
const log = profile.generateSigner('node');
const pinned: Trust = { ...zTrust.parse(JSON.parse(file)), logKey: log.publicKey };
const { installation } = pinned;
const read = (content: unknown, before: Trust | null = pinned): Trust =>
  readTrustChange(profile, JSON.stringify(content), installation, before);
const otherNode = { ...pinned, nodeKeys: { ...pinned.nodeKeys, 'node:sub-1': profile.generateSigner('node').publicKey } };

describe('the fingerprint of a trust file', () => {
  it('SEC-10 is of the keys and the quorum, not of addresses, names of groups or the order', () => {
    const [first = '', ...lines] = pinned.policy.split('\n');
    const policy = [`${first} http://127.0.0.1:7101/witness`, ...lines].join('\n').replaceAll(/\bwitnesses\b/g, 'those');
    const same = {
      ...pinned,
      policy,
      roots: [...pinned.roots].reverse(),
      nodeKeys: Object.fromEntries(Object.entries(pinned.nodeKeys).reverse()),
    };
    expect(policy).not.toBe(pinned.policy);
    expect(trustFingerprint(profile, same)).toBe(trustFingerprint(profile, pinned));
  });
  it.each<[string, Trust]>([
    ['a key of a node', otherNode],
    ['the key of the log', { ...pinned, logKey: profile.generateSigner('node').publicKey }],
    ['a root', { ...pinned, roots: pinned.roots.slice(1) }],
    ['the quorum', { ...pinned, policy: pinned.policy.replace(/^group (\S+) \d/m, 'group $1 1') }],
    ['the installation', { ...pinned, installation: 'another' }],
  ])('SEC-10 is another one with %s', (_name, other) => {
    expect(trustFingerprint(profile, other)).not.toBe(trustFingerprint(profile, pinned));
  });
  it('names every key once', () => {
    const kinds = anchorsOf(profile, pinned).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'witness')).toHaveLength(3);
    expect(new Set(kinds)).toEqual(new Set(['log', 'witness', 'node', 'root']));
    expect(otherAnchors(profile, pinned, pinned)).toEqual([]);
  });
});

describe('a trust file on a device', () => {
  it('SEC-10 is taken as `npm run verify` takes it while nothing is pinned', () => {
    expect(read(pinned, null)).toEqual(pinned);
  });
  it('SEC-10 may add keys to those pinned', () => {
    const more = { ...pinned, nodeKeys: { ...pinned.nodeKeys, 'node:sub-9': profile.generateSigner('node').publicKey } };
    expect(read(more)).toEqual(more);
  });
  it('SEC-10 may not put another key in the place of a pinned one, nor leave it out', () => {
    expect(() => read(otherNode)).toThrow(expect.objectContaining({ code: 'KEY_PINNED', message: expect.stringContaining('node:sub-1') }));
    const { 'node:sub-1': _gone, ...nodeKeys } = pinned.nodeKeys;
    expect(() => read({ ...pinned, nodeKeys })).toThrow(expect.objectContaining({ code: 'KEY_PINNED' }));
  });
  it('SEC-10 may not ask fewer witnesses', () => {
    const fewer = { ...pinned, policy: pinned.policy.replace(/^group (\S+) \d/m, 'group $1 1') };
    expect(() => read(fewer)).toThrow(expect.objectContaining({ code: 'KEY_PINNED', message: expect.stringContaining('quorum') }));
    expect(read(signTrustChange(profile, fewer, log))).toEqual(fewer);
  });
  it('SEC-10 does so with a note of the pinned key of the log, and of no other, over these very keys', () => {
    expect(read(signTrustChange(profile, otherNode, log))).toEqual(otherNode);
    const refused = expect.objectContaining({ code: 'KEY_PINNED' });
    expect(() => read(signTrustChange(profile, otherNode, profile.generateSigner('node')))).toThrow(refused);
    const { note } = signTrustChange(profile, otherNode, log);
    expect(() => read({ trust: { ...otherNode, logKey: profile.generateSigner('node').publicKey }, note })).toThrow(refused);
    expect(() => read({ trust: otherNode, note: 'hello' })).toThrow(refused);
  });
  it('is none when it is another installation’s or has not its form', () => {
    expect(() => read({ ...pinned, installation: 'another' })).toThrow(expect.objectContaining({ code: 'WRONG_LOG' }));
    expect(() => read({ ...pinned, roots: [] })).toThrow(
      expect.objectContaining({ code: 'MALFORMED', message: expect.stringContaining('roots') }),
    );
    expect(() => readTrustChange(profile, '{', installation, null)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
