import type { Command, SessionGrant, SignedCommand, SignerRef } from '@app/contracts';
import { zSignedCommand } from '@app/contracts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SignatureTrust } from '../index.js';
import { checkSignedCommand, grantSession, signCommand, signWith, TrustStore, verifySignature } from '../index.js';
import { createAuthority, issue, profileOf, revocationList } from '../node.js';

const profile = profileOf('gp-std-1');
const AT = '2026-06-01T04:00:00.000Z';
const YEAR = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' };
const salt = profile.newSalt();
const command: Command = {
  v: 1,
  id: '019a0000-0000-7000-8000-000000000001',
  origin: 'gongping.test/lot/lot-1/1',
  lot: 'lot-1',
  round: 1,
  type: 'scoring.submit-sheet',
  step: 'technical',
  public: { box: 'b-1' },
  secrets: { note: profile.commitment(salt, '"仅自己可见"') },
  actor: { party: 'expert-1' },
  at: AT,
  basis: 12,
};
const openings = { note: { salt, text: '"仅自己可见"' } };
const holder = profile.generateSigner();
const session = profile.generateSigner();
const node = profile.generateSigner('node');

let byCertificate: SignerRef;
let trust: SignatureTrust;
const grant: SessionGrant = {
  v: 1,
  installation: 'gongping.test',
  lot: 'lot-1',
  seat: 'seat-1',
  publicKey: session.publicKey,
  notBefore: '2026-06-01T00:00:00.000Z',
  notAfter: '2026-06-01T12:00:00.000Z',
};
const bySession = (changed: Partial<SessionGrant> = {}): SignerRef => {
  const full = { ...grant, ...changed };
  if (byCertificate.kind !== 'certificate') throw new Error('not ready');
  return { kind: 'session', certificate: byCertificate.certificate, grant: full, grantSignature: grantSession(holder, full) };
};
const byNode: SignerRef = { kind: 'node', name: 'main', publicKey: node.publicKey };
const check = (signed: SignedCommand, changed: Partial<SignatureTrust> = {}) =>
  checkSignedCommand(profile, signed, { ...trust, ...changed });

beforeAll(async () => {
  const root = await createAuthority(profile.generateSigner(), '演示根', YEAR);
  const list = await revocationList(root, [], { thisUpdate: '2026-01-02T00:00:00.000Z', nextUpdate: '2026-12-31T00:00:00.000Z' });
  byCertificate = { kind: 'certificate', certificate: await issue(root, { name: '李明' }, holder.publicKey, YEAR) };
  const store = new TrustStore(profile, { roots: [root.certificate], revocationLists: [list] });
  trust = {
    installation: 'gongping.test',
    origin: command.origin,
    at: AT,
    certificate: (der, at) => store.check(der, at),
    nodeKey: (name) => (name === 'main' ? node.publicKey : null),
  };
});

describe('signed commands', () => {
  it('accepts certificate, session and node, and says which', () => {
    expect(check(signCommand(command, holder, byCertificate, openings))).toMatchObject({
      ok: true,
      assurance: 'certificate',
      key: holder.publicKey,
    });
    expect(check(signCommand(command, session, bySession()))).toMatchObject({ ok: true, assurance: 'session', key: session.publicKey });
    expect(check(signCommand(command, node, byNode))).toMatchObject({ ok: true, assurance: 'node', fingerprint: null });
    expect(zSignedCommand.parse(signCommand(command, holder, byCertificate, openings)).command).toEqual(command);
  });

  it('lets a browser key sign later', async () => {
    const later = { publicKey: holder.publicKey, sign: async (message: Uint8Array) => Promise.resolve(holder.sign(message)) };
    expect(check(await signCommand(command, later, byCertificate))).toMatchObject({ ok: true });
  });

  it('A-92 BAD_SIGNATURE for every changed field of the command', () => {
    const signed = signCommand(command, holder, byCertificate);
    const changes: Partial<Command>[] = [
      { id: '019a0000-0000-7000-8000-000000000002' },
      { step: 'business' },
      { public: { box: 'b-2' } },
      { secrets: {} },
      { actor: { party: 'expert-2' } },
      { at: '2026-06-01T04:00:00.001Z' },
      { basis: 13 },
      { type: 'scoring.submit-other' },
    ];
    for (const change of changes) expect(check({ ...signed, command: { ...command, ...change } })).toMatchObject({ code: 'BAD_SIGNATURE' });
    expect(check({ ...signed, signature: signCommand(command, session, byCertificate).signature })).toMatchObject({
      code: 'BAD_SIGNATURE',
    });
  });

  it('SEC-2 a command that names a key of its lot bears that key’s signature, and no other command one', () => {
    const lotKey = profile.generateSigner();
    const keyed: Command = { ...command, actor: { party: 'expert-1', key: lotKey.publicKey } };
    const keySignature = signWith(lotKey, 'command', keyed);
    const signed = signCommand(keyed, holder, byCertificate);
    expect(check({ ...signed, keySignature })).toMatchObject({ ok: true, key: holder.publicKey });
    const bad: SignedCommand[] = [
      signed,
      { ...signed, keySignature: signed.signature },
      { ...signed, keySignature: signWith(lotKey, 'command', command) },
      { ...signCommand(command, holder, byCertificate), keySignature },
    ];
    for (const one of bad) expect(check(one)).toMatchObject({ code: 'BAD_SIGNATURE' });
  });

  it('WRONG_LOG when it was signed for another lot, round or installation', () => {
    const signed = signCommand(command, holder, byCertificate);
    expect(check(signed, { origin: 'gongping.test/lot/lot-1/2' })).toMatchObject({ code: 'WRONG_LOG' });
    expect(check(signCommand(command, session, bySession({ lot: 'lot-2' })))).toMatchObject({ code: 'WRONG_LOG' });
    expect(check(signCommand(command, session, bySession({ installation: 'other' })))).toMatchObject({ code: 'WRONG_LOG' });
    expect(check(signCommand(command, session, bySession({ lot: null })))).toMatchObject({ ok: true });
  });

  it('CERT_EXPIRED outside the session window; a window above a day or a grant by another key is no grant', () => {
    const signed = signCommand(command, session, bySession());
    expect(check(signed, { at: '2026-06-01T12:00:00.001Z' })).toMatchObject({ code: 'CERT_EXPIRED' });
    expect(check(signed, { at: '2026-05-31T23:59:59.999Z' })).toMatchObject({ code: 'CERT_EXPIRED' });
    expect(check(signCommand(command, session, bySession({ notAfter: '2026-06-02T00:00:00.001Z' })))).toMatchObject({
      code: 'BAD_SIGNATURE',
    });
    expect(check(signCommand(command, session, bySession({ notAfter: grant.notBefore })))).toMatchObject({ code: 'BAD_SIGNATURE' });
    const forged = { ...bySession(), grantSignature: grantSession(session, grant) } as SignerRef;
    expect(check(signCommand(command, session, forged))).toMatchObject({ code: 'BAD_SIGNATURE' });
  });

  it('CERT_UNKNOWN for a foreign certificate and for a node with another key than the registered one', async () => {
    const foreign = await createAuthority(profile.generateSigner(), '别家', YEAR);
    const signer: SignerRef = { kind: 'certificate', certificate: await issue(foreign, { name: '李明' }, holder.publicKey, YEAR) };
    expect(check(signCommand(command, holder, signer))).toMatchObject({ code: 'CERT_UNKNOWN' });
    expect(check(signCommand(command, holder, { kind: 'certificate', certificate: 'AAAA' }))).toMatchObject({ code: 'CERT_UNKNOWN' });
    const other = profile.generateSigner('node');
    expect(check(signCommand(command, other, { kind: 'node', name: 'main', publicKey: other.publicKey }))).toMatchObject({
      code: 'CERT_UNKNOWN',
    });
    expect(check(signCommand(command, node, { kind: 'node', name: 'sub-9', publicKey: node.publicKey }))).toMatchObject({
      code: 'CERT_UNKNOWN',
    });
  });

  it('OPENING_MISMATCH for another salt, another text, an undeclared name or a text that is not canonical', () => {
    const loose = '{ "a":1}';
    const withLoose = { ...command, secrets: { note: profile.commitment(salt, loose) } };
    const cases: SignedCommand[] = [
      signCommand(command, holder, byCertificate, { note: { salt: profile.newSalt(), text: '"仅自己可见"' } }),
      signCommand(command, holder, byCertificate, { note: { salt, text: '"x"' } }),
      signCommand(command, holder, byCertificate, { other: openings.note }),
      signCommand(withLoose, holder, byCertificate, { note: { salt, text: loose } }),
    ];
    for (const signed of cases) expect(verifySignature(profile, signed)).toMatchObject({ code: 'OPENING_MISMATCH' });
  });
});
