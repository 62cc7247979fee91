import { describe, expect, it, beforeAll } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import type { Authority } from '../node.js';
import { createAuthority, issue, profileOf, revocationList } from '../node.js';
import { bindEncryptionKey, encodePublicKey, readCertificate, RecordedCertificates, TrustStore, verifyKeyBinding } from '../index.js';

const profile = profileOf('gp-std-1');
const YEAR = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' };
const PERIOD = { thisUpdate: '2026-01-02T00:00:00.000Z', nextUpdate: '2026-12-01T00:00:00.000Z' };
const NOON = '2026-06-01T04:00:00.000Z';
const holder = profile.generateSigner();

let root: Authority;
let stranger: Authority;
let certificate: string;
let list: string;

beforeAll(async () => {
  root = await createAuthority(profile.generateSigner(), '自治演示根证书', YEAR);
  stranger = await createAuthority(profile.generateSigner(), '自治演示根证书', YEAR);
  certificate = await issue(
    root,
    { name: '王丽', organisation: '华东建设集团有限公司', creditCode: '91310000MA1FL0AB1X', number: 'p-1' },
    holder.publicKey,
    YEAR,
  );
  list = await revocationList(root, [], PERIOD);
});

const store = (roots: readonly string[], lists: readonly string[]) => new TrustStore(profile, { roots, revocationLists: lists });

describe('certificates', () => {
  it('A-12 reads holder, organisation, credit code, key and validity', () => {
    expect(readCertificate(profile, certificate)).toMatchObject({
      subject: { name: '王丽', organisation: '华东建设集团有限公司', creditCode: '91310000MA1FL0AB1X', number: 'p-1' },
      publicKey: holder.publicKey,
      isAuthority: false,
      canSign: true,
      ...YEAR,
    });
    const theirs = new X509Certificate(Buffer.from(certificate, 'base64url'));
    expect(readCertificate(profile, certificate)?.serial).toBe(theirs.serialNumber.toLowerCase());
    expect(readCertificate(profile, certificate)?.fingerprint).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(theirs.verify(new X509Certificate(Buffer.from(root.certificate, 'base64url')).publicKey)).toBe(true);
  });

  it('accepts a certificate of a trusted root and records what proves it', () => {
    const check = store([root.certificate, stranger.certificate], [list]).check(certificate, NOON);
    expect(check).toMatchObject({ ok: true, evidence: { chain: [root.certificate], revocation: list } });
    if (!check.ok) throw new Error(check.message);
    expect(new RecordedCertificates(profile, [root.certificate]).check(certificate, check.evidence, NOON)).toEqual(check);
    expect(new RecordedCertificates(profile, [stranger.certificate]).check(certificate, check.evidence, NOON)).toMatchObject({
      code: 'CERT_UNKNOWN',
    });
    expect(
      new RecordedCertificates(profile, [root.certificate]).check(certificate, { ...check.evidence, revocation: null }, NOON),
    ).toMatchObject({
      code: 'CERT_UNKNOWN',
    });
  });

  it('refuses a root of the same name with another key, an authority as signer, and what is no certificate', () => {
    expect(() => store([stranger.certificate], [list])).toThrow(/not signed by a known authority/);
    expect(store([stranger.certificate], []).check(certificate, NOON)).toMatchObject({ ok: false, code: 'CERT_UNKNOWN' });
    expect(store([root.certificate], [list]).check(root.certificate, NOON)).toMatchObject({ ok: false, code: 'CERT_UNKNOWN' });
    for (const bad of ['', 'AAAA', '!!', certificate.slice(0, -4), `${certificate}AAAA`])
      expect(store([root.certificate], [list]).check(bad, NOON)).toMatchObject({ ok: false, code: 'CERT_UNKNOWN' });
    expect(() => store([certificate], [])).toThrow(/not the certificate of an authority/);
  });

  it('A-13 refuses a certificate before and after its validity', () => {
    const sut = store([root.certificate], [list]);
    expect(sut.check(certificate, '2025-12-31T23:59:59.999Z')).toMatchObject({ code: 'CERT_EXPIRED' });
    expect(sut.check(certificate, '2027-01-01T00:00:00.001Z')).toMatchObject({ code: 'CERT_EXPIRED' });
  });

  it('refuses a revoked certificate from the instant of revocation on, not before it', async () => {
    const serial = readCertificate(profile, certificate)?.serial ?? '';
    const ended = await revocationList(root, [{ serial, at: '2026-05-01T00:00:00.000Z' }], {
      ...PERIOD,
      thisUpdate: '2026-05-02T00:00:00.000Z',
    });
    const sut = store([root.certificate], [list, ended]);
    expect(sut.check(certificate, NOON)).toMatchObject({ code: 'CERT_REVOKED' });
    expect(sut.check(certificate, '2026-04-01T00:00:00.000Z')).toMatchObject({ ok: true });
    expect(store([root.certificate], [ended]).check(certificate, '2026-04-30T00:00:00.000Z')).toMatchObject({ code: 'CERT_UNKNOWN' });
  });

  it('refuses to go on with a list that ran out', () => {
    expect(store([root.certificate], [list]).check(certificate, '2026-12-02T00:00:00.000Z')).toMatchObject({ code: 'CERT_UNKNOWN' });
  });

  it('finds every flipped byte of a certificate', () => {
    const sut = store([root.certificate], [list]);
    const bytes = Buffer.from(certificate, 'base64url');
    for (let at = 0; at < bytes.length; at += 7) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(sut.check(broken.toString('base64url'), NOON).ok).toBe(false);
    }
  });

  it('binds an encryption key to its certificate, and to no other', () => {
    const facts = readCertificate(profile, certificate);
    if (facts === null) throw new Error('unreadable');
    const key = encodePublicKey('agreement', new Uint8Array(32).fill(9));
    const binding = bindEncryptionKey(holder, facts.fingerprint, key);
    expect(verifyKeyBinding(profile, facts, binding)).toBe(true);
    expect(verifyKeyBinding(profile, { ...facts, fingerprint: '0'.repeat(64) }, binding)).toBe(false);
    expect(verifyKeyBinding(profile, facts, { ...binding, publicKey: encodePublicKey('agreement', new Uint8Array(32).fill(8)) })).toBe(
      false,
    );
    expect(verifyKeyBinding(profile, facts, bindEncryptionKey(holder, facts.fingerprint, holder.publicKey))).toBe(false);
  });
});
