import { beforeAll, describe, expect, it } from '@jest/globals';
import { fromHex, type JsonObject, toBase64Url } from '@app/contracts';
import { decide, migrateState, view } from '@app/evaluation';
import { type LocalSigner, readCertificate, signDetached } from '@app/sealing';
import { type Authority, createAuthority, issue, profileOf } from '@app/sealing/node';
import { TV_E2E_01 } from '@app/testing/lots';
import { createLot, type Play, publishKeys, seat, WITNESS_POLICY } from '@app/testing/play';

const profile = profileOf('gp-std-1');
const YEARS = { notBefore: '2020-01-01T00:00:00.000Z', notAfter: '2040-01-01T00:00:00.000Z' };
const HASH = profile.hashHex('the tender document');
const OTHER = profile.hashHex('another document');
const FACTS = { facts: { witnessPolicy: WITNESS_POLICY } };

describe('the document of a notice, signed as a file', () => {
  let authority: Authority;
  const signer = profile.generateSigner();
  let certificate = '';
  beforeAll(async () => {
    authority = await createAuthority(profile.generateSigner(), '根', YEARS);
    certificate = await issue(authority, { name: '某agency' }, signer.publicKey, YEARS);
  });

  const sign = async (hash: string, by: LocalSigner = signer, leaf = certificate): Promise<string> =>
    toBase64Url(await signDetached(profile, by, { certificate: leaf, issuers: [authority.certificate] }, fromHex(hash)));
  /** A draft whose agency is bound to the certificate. */
  function drafted(): Play {
    const fingerprint = readCertificate(profile, certificate)?.fingerprint ?? '';
    const registry = {
      witnessPolicy: WITNESS_POLICY,
      certificate: (holder: string): string => (holder === 'agency' ? fingerprint : `fingerprint-${holder}`),
      nodeKey: (): string => 'bm9kZS1rZXk',
      who: () => {
        throw new Error('not asked here');
      },
    };
    const play = seat(TV_E2E_01, 1, undefined, registry);
    const { table } = play;
    // Who signed is not what this is about.
    Object.defineProperty(table, 'registry', { value: { ...registry, who: () => ({ key: '', signature: '' }) } });
    createLot(play);
    publishKeys(play);
    return play;
  }
  const publish = (play: Play, more: JsonObject): string | null =>
    play.table.refusal('agency', 'lot.publish', { documentPackage: HASH, ...more }, FACTS);

  it('A-66 names the signature of the agency’s certificate, with the notice and with each amendment', async () => {
    const play = drafted();
    const { table } = play;
    const signature = await sign(HASH);
    table.act('agency', 'lot.publish', { documentPackage: HASH, signature }, FACTS);
    expect(table.state.setup.signatures).toEqual({ [HASH]: signature });
    const amended = { package: OTHER, summary: '补充', affectsBids: false, deadline: null, rules: null };
    expect(table.refusal('agency', 'lot.amend', { ...amended, signature })).toBe('E_INPUT');
    const second = await sign(OTHER);
    table.act('agency', 'lot.amend', { ...amended, signature: second });
    expect(table.state.setup.signatures).toEqual({ [HASH]: signature, [OTHER]: second });
  });

  it('A-66 refuses one over another document, by another certificate, and what is none', async () => {
    const play = drafted();
    const stranger = profile.generateSigner();
    const strangers = await issue(authority, { name: '某tenderer' }, stranger.publicKey, YEARS);
    for (const signature of [await sign(OTHER), await sign(HASH, stranger, strangers), 'A', 'AAAA'])
      expect(publish(play, { signature })).toBe('E_INPUT');
    expect(publish(play, { signature: await sign(HASH) })).toBeNull();
  });

  it('asks for none, and then says none', () => {
    const play = drafted();
    play.table.act('agency', 'lot.publish', { documentPackage: HASH }, FACTS);
    expect(play.table.state.setup.signatures).toEqual({});
    expect(JSON.stringify(play.table.entries.at(-1)?.parts['skeleton'])).not.toContain('signature');
  });

  it('is judged by everybody, also by those who are not told who the agency is', async () => {
    const play = drafted();
    const prepared = play.table.prepare('agency', 'lot.publish', { documentPackage: HASH, signature: await sign(HASH) }, FACTS);
    const everything = decide(play.table.state, prepared, prepared.context);
    const seen = decide(view(play.table.state, { party: 'tenderer', roles: ['tenderer'] }), prepared, prepared.context);
    const bare = decide({ ...play.table.state, disclosed: {} }, prepared, prepared.context);
    expect(everything.ok).toBe(true);
    expect([seen, bare]).toEqual([everything, everything]);
  });

  it('has none in a lot of an earlier engine', () => {
    const { state } = drafted().table;
    const { signatures: _none, ...setup } = state.setup;
    expect(migrateState({ ...state, setup }).setup.signatures).toEqual({});
  });
});
