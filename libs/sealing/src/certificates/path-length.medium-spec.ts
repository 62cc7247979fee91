import { afterAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derOfPem, readCertificate, TrustStore } from '../index.js';
import { profileOf } from '../node.js';

/** Chains made and judged by the OpenSSL command line: root → authority with a path length → authority → person. */
const profile = profileOf('gp-std-1');
const folder = mkdtempSync(join(tmpdir(), 'path-length-'));
const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString();
const der = (name: string): string => derOfPem(readFileSync(join(folder, `${name}.pem`), 'utf8'));
/** A moment after everything here was issued. */
const at = new Date(Date.parse(execFileSync('date', ['-u', '+%Y-%m-%dT%H:%M:%SZ']).toString().trim()) + 60_000).toISOString();

function made(name: string, issuer: string | null, constraint: string): void {
  const by = issuer === null ? [] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`];
  const usage = constraint.includes('CA:true') ? 'keyCertSign,cRLSign' : 'digitalSignature';
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', `/C=CN/CN=${name}`],
    ...['-keyout', `${name}.key`, '-out', `${name}.pem`, ...by],
    ...['-addext', `basicConstraints=critical,${constraint}`, '-addext', `keyUsage=critical,${usage}`],
  );
}

function listOf(issuer: string): string {
  const text = `[ca]\ndefault_ca=d\n[d]\ndatabase=${issuer}.index\ndefault_md=sha256\ndefault_crl_days=30\n`;
  execFileSync('sh', ['-c', `printf '%s' "$1" > ${issuer}.cnf; : > ${issuer}.index`, 'sh', text], { cwd: folder });
  openssl('ca', '-config', `${issuer}.cnf`, '-gencrl', '-keyfile', `${issuer}.key`, '-cert', `${issuer}.pem`, '-out', `${issuer}.crl`);
  return derOfPem(readFileSync(join(folder, `${issuer}.crl`), 'utf8'));
}

const opensslAccepts = (leaf: string, between: readonly string[]): boolean => {
  try {
    openssl('verify', '-CAfile', 'root.pem', ...between.flatMap((name) => ['-untrusted', `${name}.pem`]), `${leaf}.pem`);
    return true;
  } catch {
    return false;
  }
};

describe('the path length of an authority', () => {
  made('root', null, 'CA:true');
  made('narrow', 'root', 'CA:true,pathlen:0');
  made('below', 'narrow', 'CA:true');
  made('wide', 'root', 'CA:true,pathlen:1');
  made('under', 'wide', 'CA:true');
  for (const issuer of ['narrow', 'below', 'under']) made(`person-${issuer}`, issuer, 'CA:false');
  const store = new TrustStore(profile, {
    roots: [der('root')],
    intermediates: ['narrow', 'below', 'wide', 'under'].map(der),
    revocationLists: ['narrow', 'below', 'under'].map(listOf),
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['person-narrow', ['narrow'], true],
    ['person-below', ['narrow', 'below'], false],
    ['person-under', ['wide', 'under'], true],
  ])('FMT-3.4 decides on %s as OpenSSL does', (leaf, between, good) => {
    expect(opensslAccepts(leaf, between)).toBe(good);
    expect(store.check(der(leaf), at).ok).toBe(good);
  });

  it('is read from the certificate', () => {
    expect(['root', 'narrow', 'wide'].map((name) => readCertificate(profile, der(name))?.pathLength)).toEqual([null, 0, 1]);
  });
});
