import { zTrust } from '@app/archive';
import { profileOf } from '@app/sealing';
import { readTrustChange, trustFingerprint } from '@app/verifying';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = resolve('dist', 'tools', 'trust', 'src', 'main.js');
const FILE = resolve('tools', 'verify', 'fixtures', '0.3.0', 'trust.json');
const profile = profileOf('gp-std-1');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** `npm run trust -- …`, as it was built. */
const trust = (...args: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [PROGRAM, ...args], (_error, out, error) => {
      done({ code: child.exitCode ?? -1, out, error });
    });
  });

describe('npm run trust', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-trust-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const file = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('SEC-10 prints the fingerprint that devices compare, in groups of four', async () => {
    const known = zTrust.parse(JSON.parse(await readFile(FILE, 'utf8')));
    const { code, out } = await trust('fingerprint', FILE);
    expect(code).toBe(0);
    expect(out.trim()).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4})+$/);
    expect(out.replaceAll(/\s/g, '')).toBe(trustFingerprint(profile, known));
  });

  it('SEC-10 signs a change that a device with the log key of before takes, and no other device', async () => {
    const log = profile.generateSigner('node');
    const before = { ...zTrust.parse(JSON.parse(await readFile(FILE, 'utf8'))), logKey: log.publicKey };
    const after = { ...before, logKey: profile.generateSigner('node').publicKey };
    const { code, out } = await trust('sign', await file('after.json', after), await file('keys.json', { log: log.privateKey }));
    expect(code).toBe(0);
    expect(readTrustChange(profile, out, before.installation, before)).toEqual(after);
    const stranger = { ...before, logKey: profile.generateSigner('node').publicKey };
    expect(() => readTrustChange(profile, out, before.installation, stranger)).toThrow();
  });

  it.each([
    ['no words', []],
    ['a word too many', ['fingerprint', FILE, FILE]],
    ['no keys to sign with', ['sign', FILE]],
    ['a file that is not there', ['fingerprint', join(tmpdir(), 'gongping-no-such-file')]],
    ['what is no trust file', ['fingerprint', resolve('package.json')]],
  ])('says what is wrong with %s, and ends with 1', async (_name, args) => {
    const { code, out, error } = await trust(...args);
    expect([code, out]).toEqual([1, '']);
    expect(error).toMatch(/^trust: .{10}/);
  });
});
