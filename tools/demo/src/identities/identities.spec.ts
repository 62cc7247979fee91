import { zRegistryImport } from '@app/contracts';
import { parsePolicy, parseVerifierKey } from '@app/ledger';
import { zTrust } from '@app/archive';
import { encryptionKeyFrom, keeperPublicKey, TrustStore, verifyKeyBinding } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { COMPANIES, EXPERTS, ORGANISATIONS, PEOPLE, REVOKED_PERSON } from './cast.js';
import { creditCode } from './credit-code.js';
import type { Identities } from './make-identities.js';
import { makeIdentities, WITNESS_QUORUM } from './make-identities.js';

const profile = profileOf('gp-std-1');
const AT = '2026-06-01T04:00:00.000Z';
let sut: Identities;
let store: TrustStore;

beforeAll(async () => {
  sut = await makeIdentities(profile, { installation: 'gongping.test', at: AT, urls: { 'sub-1': 'http://127.0.0.1:9' } });
  store = new TrustStore(profile, {
    roots: sut.trust.roots,
    revocationLists: sut.registry.authorities.map(({ revocationList }) => revocationList),
  });
}, 60_000);

describe('demonstration identities', () => {
  it('A-12 every person acts with a certificate that a trusted root issued to him and his organisation; the revoked one does not', () => {
    for (const person of sut.people) {
      const check = store.check(person.certificate, AT);
      if (person.id === REVOKED_PERSON.id) {
        expect(check).toMatchObject({ ok: false, code: 'CERT_REVOKED' });
        continue;
      }
      if (!check.ok) throw new Error(`${person.id}: ${check.message}`);
      expect(check.certificate.subject).toEqual({
        name: person.name,
        organisation: person.organisation,
        creditCode: person.creditCode,
        number: person.id,
      });
      expect(profile.signerFrom(person.privateKey).publicKey).toBe(check.certificate.publicKey);
    }
  });

  it('every encryption key is bound to its holder’s certificate and comes in both forms', () => {
    for (const row of sut.registry.certificates) {
      const person = sut.people.find(({ id }) => id === row.person);
      const facts = store.check(row.certificate, AT);
      if (row.encryptionKey === null || person === undefined) throw new Error(row.person);
      if (facts.ok) expect(verifyKeyBinding(profile, facts.certificate, row.encryptionKey)).toBe(true);
      expect(row.encryptionKey.publicKey).toBe(person.encryptionPublicKey);
      expect(keeperPublicKey(profile, person.encryptionPrivateKey)).toBe(person.encryptionPublicKey);
      expect(encryptionKeyFrom(profile, person.encryptionKey)).toEqual({
        publicKey: person.encryptionPublicKey,
        privateKey: person.encryptionPrivateKey,
      });
    }
  });

  it('the registry names each person, certificate, venue and seat once, with the addresses it was given', () => {
    expect(zRegistryImport.parse(sut.registry)).toEqual(sut.registry);
    for (const ids of [
      PEOPLE.map(({ id }) => id),
      PEOPLE.map(({ name, organisation }) => `${name}@${organisation ?? ''}`),
      ORGANISATIONS.map(({ id }) => id),
      ORGANISATIONS.map((organisation) => organisation.creditCode),
      sut.registry.venues.flatMap(({ rooms }) => rooms.flatMap(({ id, seats }) => [id, ...seats.map((seat) => seat.id)])),
    ])
      expect(new Set(ids).size).toBe(ids.length);
    expect(sut.registry.venues.map(({ id, url }) => [id, url])).toEqual([
      ['main', 'http://127.0.0.1:7100'],
      ['sub-1', 'http://127.0.0.1:9'],
      ['sub-2', 'http://127.0.0.1:7102'],
      ['supervision', 'http://127.0.0.1:7103'],
    ]);
  });

  it('the trust file holds what the venues’ own keys say, and a quorum of witnesses that C2SP tools read', () => {
    expect(zTrust.parse(sut.trust)).toEqual(sut.trust);
    const policy = parsePolicy(profile.hash, sut.trust.policy);
    expect(policy.groups).toEqual([{ name: 'witnesses', threshold: WITNESS_QUORUM, members: ['sub-1', 'sub-2', 'supervision'] }]);
    for (const keys of sut.venueKeys) {
      const row = sut.registry.venues.find(({ id }) => id === keys.venue);
      expect(profile.signerFrom(keys.node).publicKey).toBe(row?.nodeKey);
      expect(sut.trust.nodeKeys[`node:${keys.venue}`]).toBe(row?.nodeKey);
      expect(keys.storage).toHaveLength(43);
      // Sites have everything pinned that an operator is given by hand (SEC-22).
      const nodes = Object.fromEntries(sut.registry.venues.flatMap(({ id, role, nodeKey: key }) => (role === 'main' ? [] : [[id, key]])));
      const main = sut.registry.venues.find(({ role }) => role === 'main')?.nodeKey;
      const pins = { roots: sut.trust.roots, nodes, main, mainLog: sut.trust.logKey };
      if (keys.log === undefined) expect(keys).toMatchObject(pins);
      if (keys.log !== undefined) expect(profile.signerFrom(keys.log).publicKey).toBe(sut.trust.logKey);
      else expect(parseVerifierKey(profile.hash, row?.witnessKey ?? '').keyName).toBe(`gongping.test/witness/${keys.venue}`);
    }
  });

  it('there are enough experts of every specialty in every city, and the companies of both worked lots', () => {
    expect(EXPERTS).toHaveLength(30);
    expect(COMPANIES).toHaveLength(10);
    for (const city of ['永康', '杭州', '温州'])
      for (const prefix of ['A08', 'A06', 'B01', 'C03'])
        expect(
          EXPERTS.filter((expert) => expert.city === city && expert.specialties.some((code) => code.startsWith(prefix))).length,
        ).toBeGreaterThanOrEqual(4);
  });

  it('credit codes carry the check character of GB 32100-2015', () => {
    expect(creditCode('91350100M000100Y4')).toBe('91350100M000100Y43');
    for (const organisation of ORGANISATIONS) expect(creditCode(organisation.creditCode.slice(0, 17))).toBe(organisation.creditCode);
    expect(() => creditCode('91350211M000100YI')).toThrow(RangeError);
    expect(() => creditCode('1')).toThrow(RangeError);
  });
});
