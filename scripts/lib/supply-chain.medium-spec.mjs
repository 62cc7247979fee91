import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { auditFaults, billOfMaterials, lockFaults } from './supply-chain.mjs';

const read = (...path) => readFileSync(inRoot(...path), 'utf8');
const LOCK = JSON.parse(read('package-lock.json'));
const locked = (entry) => ({ packages: { '': {}, 'node_modules/one': { integrity: 'sha512-x', license: 'MIT', ...entry } } });

describe('SEC-27 what the product is made of', () => {
  it('is pinned by hash and under licences that somebody allowed', () => {
    expect(Object.keys(LOCK.packages).length).toBeGreaterThan(500);
    expect(lockFaults(LOCK)).toEqual([]);
  });

  it.each([
    ['has no hash', { integrity: undefined }, /one has no SHA-512/],
    ['has a weak one', { integrity: 'sha1-x' }, /one has no SHA-512/],
    ['names no licence', { license: undefined }, /one is under no licence/],
    ['is under another', { license: 'AGPL-3.0-only' }, /one is under AGPL-3.0-only/],
    ['is under another besides', { license: 'MIT AND GPL-3.0-only' }, /GPL-3.0-only/],
  ])('is refused when a package %s', (_name, entry, fault) => {
    expect(lockFaults(locked(entry), {})).toEqual([expect.stringMatching(fault)]);
  });

  it('takes a choice of licences, and an exception only while it is needed', () => {
    expect(lockFaults(locked({ license: '(GPL-2.0 OR MIT)' }), {})).toEqual([]);
    expect(lockFaults(locked({ license: undefined }), { one: 'MIT, in its LICENSE' })).toEqual([]);
    expect(lockFaults(locked({}), { one: 'MIT, in its LICENSE' })).toEqual(['one needs no exception any more.']);
  });

  it('has no known vulnerability of weight where the registry can tell, and says when it cannot', () => {
    const report = (severity) => JSON.stringify({ vulnerabilities: { one: { name: 'one', severity, range: '<2' } } });
    expect(auditFaults(report('critical'))).toEqual([expect.stringContaining('one <2')]);
    expect(auditFaults(report('moderate'))).toEqual([]);
    for (const text of ['', '{"message":"405 Method Not Allowed"}', 'npm error']) expect(auditFaults(text)).toBeNull();
  });

  it('can be listed without a network: everything that runs in production, nothing that only builds it', async () => {
    const { bomFormat, components } = JSON.parse(await billOfMaterials());
    const names = components.map(({ name }) => name);
    expect(bomFormat).toBe('CycloneDX');
    expect(names).toEqual(expect.arrayContaining(['typeorm', 'mediasoup', 'helmet', 'vue', 'element-plus']));
    for (const name of ['jest', 'age-encryption', 'eslint']) expect(names).not.toContain(name);
  }, 60_000);

  it('is fetched by nothing but npm and Debian, which check what they get', () => {
    const scripts = readdirSync(inRoot('scripts'), { recursive: true }).filter((file) => /\.(mjs|sh)$/.test(file) && !/-spec\./.test(file));
    for (const file of scripts)
      expect([file, read('scripts', file)]).toEqual([file, expect.not.stringMatching(/\b(curl|wget)\s|postinstall/)]);
    expect(read('scripts', 'lib', 'packages.mjs')).toContain("'--ignore-scripts'");
    expect(scripts).toContain(join('lib', 'media-worker.mjs'));
  });
});
