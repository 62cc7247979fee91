import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issuersOf, readDetached, signDetached } from '../index.js';
import { type Authority, createAuthority, issue, profileOf } from '../node.js';

const profile = profileOf('gp-std-1');
const YEARS = { notBefore: '2020-01-01T00:00:00.000Z', notAfter: '2040-01-01T00:00:00.000Z' };
const DOCUMENT = Buffer.from('开标记录');
const digest = profile.hash(DOCUMENT);

describe('detached CMS', () => {
  const signer = profile.generateSigner();
  let authority: Authority;
  let certificate = '';
  let cms: Uint8Array;
  beforeAll(async () => {
    authority = await createAuthority(profile.generateSigner(), '根', YEARS);
    certificate = await issue(authority, { name: '李明' }, signer.publicKey, YEARS);
    cms = await signDetached(profile, signer, { certificate, issuers: [authority.certificate] }, digest);
  });

  it('A-114 is accepted by OpenSSL over the document, and over no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cms-'));
    const verify = (document: Uint8Array): string => {
      writeFileSync(join(folder, 'document'), document);
      const args = ['-inform', 'DER', '-in', 'signature.p7s', '-content', 'document', '-CAfile', 'root.pem', '-purpose', 'any', '-cades'];
      return execFileSync('openssl', ['cms', '-verify', '-binary', ...args], { cwd: folder, stdio: 'pipe' }).toString();
    };
    try {
      writeFileSync(join(folder, 'signature.p7s'), cms);
      const der = join(folder, 'root.der');
      writeFileSync(der, Buffer.from(authority.certificate, 'base64url'));
      execFileSync('openssl', ['x509', '-inform', 'DER', '-in', der, '-out', join(folder, 'root.pem')]);
      expect(verify(DOCUMENT)).toBe('开标记录');
      expect(() => verify(Buffer.from('开标纪录'))).toThrow();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('A-114 is read back over its digest alone, and with no byte changed', () => {
    expect(readDetached(profile, cms, digest)).toMatchObject({ certificate: { der: certificate }, issuers: [authority.certificate] });
    expect(readDetached(profile, cms, profile.hash(Buffer.from('another')))).toBeNull();
    for (let at = 0; at < cms.length; at += 1) {
      const changed = Uint8Array.from(cms);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readDetached(profile, changed, digest)).toBeNull();
    }
    expect(readDetached(profile, Buffer.concat([cms, Buffer.alloc(1)]), digest)).toBeNull();
  });

  it('carries every authority up to the root, or none, and nobody else', async () => {
    const other = await createAuthority(profile.generateSigner(), '另一根', YEARS);
    const alone = await signDetached(profile, signer, { certificate, issuers: [] }, digest);
    expect(readDetached(profile, alone, digest)?.issuers).toEqual([]);
    const strange = await signDetached(profile, signer, { certificate, issuers: [authority.certificate, other.certificate] }, digest);
    expect(readDetached(profile, strange, digest)).toBeNull();
  });

  it('is made with the key of the certificate only', async () => {
    const other = profile.generateSigner();
    await expect(signDetached(profile, other, { certificate, issuers: [] }, digest)).rejects.toThrow('not of the key');
  });

  it('finds the way to a root, and none to an authority of the same name', async () => {
    const namesake = await createAuthority(profile.generateSigner(), '根', YEARS);
    expect(issuersOf(profile, certificate, [namesake.certificate, authority.certificate])).toEqual([authority.certificate]);
    expect(issuersOf(profile, certificate, [namesake.certificate])).toEqual([]);
    expect(issuersOf(profile, authority.certificate, [authority.certificate])).toEqual([]);
  });
});
