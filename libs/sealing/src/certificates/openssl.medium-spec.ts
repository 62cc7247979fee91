import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derOfPem, readCertificate, readRevocationList, TrustStore } from '../index.js';
import { createAuthority, issue, profileOf } from '../node.js';

const profile = profileOf('gp-std-1');
const AT = new Date(Date.parse(execFileSync('date', ['-u', '+%Y-%m-%dT%H:%M:%SZ']).toString().trim()) + 60_000).toISOString();

const CONFIG = `
[ca]
default_ca = demo
[demo]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
default_days = 30
default_crl_days = 30
policy = any
unique_subject = no
copy_extensions = none
x509_extensions = leaf
[any]
countryName = optional
organizationName = optional
commonName = supplied
[leaf]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
`;

/** An authority run by the OpenSSL command line, with two people, one of them revoked. */
function withAuthority(
  key: readonly string[],
  work: (authority: { root: string; good: string; revoked: string; list: string }) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const run = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string): string => derOfPem(readFileSync(join(folder, name), 'utf8').replace(/^[^]*?(?=-----BEGIN)/, ''));
  try {
    writeFileSync(join(folder, 'ca.cnf'), CONFIG);
    writeFileSync(join(folder, 'index.txt'), '');
    writeFileSync(join(folder, 'serial'), '00F1\n');
    const extensions = ['-addext', 'basicConstraints=critical,CA:true', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
    run(
      'req',
      '-x509',
      '-newkey',
      ...key,
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-utf8',
      '-subj',
      '/C=CN/O=省数字证书中心/CN=根',
      '-days',
      '60',
      ...extensions,
    );
    for (const name of ['good', 'revoked']) {
      run(
        'req',
        '-new',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-utf8',
        '-subj',
        `/C=CN/O=华东建设/CN=${name}`,
      );
      run(
        'ca',
        '-batch',
        '-config',
        'ca.cnf',
        '-utf8',
        '-cert',
        'ca.pem',
        '-keyfile',
        'ca.key',
        '-in',
        `${name}.csr`,
        '-out',
        `${name}.pem`,
      );
    }
    run('ca', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-revoke', 'revoked.pem');
    run('ca', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-gencrl', '-out', 'list.pem');
    work({ root: read('ca.pem'), good: read('good.pem'), revoked: read('revoked.pem'), list: read('list.pem') });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('certificates of another implementation (OpenSSL)', () => {
  it.each([
    ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['Ed25519', ['ed25519']],
  ])('A-12 an authority with a %s key: the good certificate is accepted, the revoked one refused', (_name, key) => {
    withAuthority(key, ({ root, good, revoked, list }) => {
      expect(readCertificate(profile, root)).toMatchObject({
        subjectText: 'C=CN, O=省数字证书中心, CN=根',
        isAuthority: true,
        canSign: true,
      });
      expect(readCertificate(profile, good)).toMatchObject({
        subject: { name: 'good', organisation: '华东建设' },
        serial: 'f1',
        isAuthority: false,
      });
      expect([...(readRevocationList(list)?.revoked.keys() ?? [])]).toEqual(['f2']);
      const sut = new TrustStore(profile, { roots: [root], revocationLists: [list] });
      expect(sut.check(good, AT)).toMatchObject({ ok: true });
      expect(sut.check(revoked, AT)).toMatchObject({ ok: false, code: 'CERT_REVOKED' });
    });
  });

  it('an authority with an RSA key is outside the profile: its list and its certificates are not accepted', () => {
    withAuthority(['rsa:2048'], ({ root, good, list }) => {
      expect(() => new TrustStore(profile, { roots: [root], revocationLists: [list] })).toThrow(/not signed by a known authority/);
      expect(new TrustStore(profile, { roots: [root], revocationLists: [] }).check(good, AT)).toMatchObject({ code: 'CERT_UNKNOWN' });
    });
  });

  it('OpenSSL verifies what the demonstration authority issues', async () => {
    const validity = {
      notBefore: new Date(Date.parse(AT) - 3_600_000).toISOString(),
      notAfter: new Date(Date.parse(AT) + 3_600_000).toISOString(),
    };
    const authority = await createAuthority(profile.generateSigner(), '演示根', validity);
    const der = await issue(authority, { name: '王丽', creditCode: '91350100M000100Y43' }, profile.generateSigner().publicKey, validity);
    const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
    const pem = (name: string, text: string): string => {
      const file = join(folder, name);
      writeFileSync(file, `-----BEGIN CERTIFICATE-----\n${Buffer.from(text, 'base64url').toString('base64')}\n-----END CERTIFICATE-----\n`);
      return file;
    };
    try {
      const out = execFileSync('openssl', [
        'verify',
        '-x509_strict',
        '-CAfile',
        pem('root.pem', authority.certificate),
        pem('leaf.pem', der),
      ]);
      expect(out.toString()).toMatch(/OK/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
