import type { SessionGrant, SignedCommand, SignerRef, VenueRegistry } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import { initialLotState } from '@app/evaluation';
import type { LocalSigner } from '@app/sealing';
import { grantSession, signCommand, signWith } from '@app/sealing';
import { createAuthority, issue, revocationList } from '@app/sealing/node';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { command, profile } from '../../test/support.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';
import { SenderCheck } from './sender-check.js';

const VALID = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2028-01-01T00:00:00.000Z' };
const NOW = '2026-03-24T01:30:00.000Z';
const ORIGIN = 'test/lot/a/1';

/** The site's small memory, without a disk. */
const factsInMemory = (facts = new Map<string, string>()) => ({
  read: (name: string) => Promise.resolve(facts.get(name) ?? null),
  write: (name: string, text: string) => {
    facts.set(name, text);
    return Promise.resolve();
  },
});

describe('whose commands a site keeps', () => {
  const node = profile.generateSigner('node');
  const crypto = new SiteCrypto(profile, node, profile.newSalt());
  const expert = profile.generateSigner('command');
  const other = profile.generateSigner('command');
  let sut: SenderCheck;
  let seated: SignerRef & { kind: 'certificate' };
  let elsewhere: SignerRef;

  beforeAll(async () => {
    const main = profile.generateSigner('node');
    const authority = await createAuthority(profile.generateSigner('command'), 'Test CA', VALID);
    const certificate = await issue(authority, { name: 'expert' }, expert.publicKey, VALID);
    seated = { kind: 'certificate', certificate };
    elsewhere = { kind: 'certificate', certificate: await issue(authority, { name: 'other' }, other.publicKey, VALID) };
    const registry: VenueRegistry = {
      v: 1,
      version: 1,
      at: VALID.notBefore,
      answerKey: main.publicKey,
      logKey: '',
      venues: [{ id: 'main', name: 'main', role: 'main', nodeKey: main.publicKey, witnessKey: null }],
      organisations: [],
      persons: [{ id: 'p-expert', name: 'expert', organisation: null }],
      certificates: [{ person: 'p-expert', certificate }],
      authorities: [
        {
          certificate: authority.certificate,
          revocationList: await revocationList(authority, [], { thisUpdate: VALID.notBefore, nextUpdate: VALID.notAfter }),
        },
      ],
      seats: [{ origin: ORIGIN, party: 'expert-1', roles: ['expert'], person: 'p-expert' }],
    };
    const trust = new SiteTrust(profile, factsInMemory(), {});
    const text = canonicalText(registry);
    await trust.accept({ text, signature: signWith(main, 'venueRegistry', new TextEncoder().encode(text)) });
    const lot = initialLotState(ORIGIN, 'a', 1);
    const state = {
      ...lot,
      parties: { 'expert-1': { roles: ['expert' as const], admittedAs: ['expert' as const], venue: 'sub-1', seat: 'r1-s1', seq: 0 } },
    };
    const lots = { find: (origin: string) => (origin === ORIGIN ? { state } : undefined) };
    sut = new SenderCheck({ INSTALLATION: 'test', VENUE_ID: 'sub-1' }, crypto, trust, lots);
  });

  const sign = (signer: LocalSigner, ref: SignerRef, party = 'expert-1', more = {}): SignedCommand =>
    signCommand(command(party, more).command, signer, ref);
  const session = (grant: Partial<SessionGrant> = {}): SignedCommand => {
    const key = profile.generateSigner('command');
    const full: SessionGrant = {
      v: 1,
      installation: 'test',
      lot: 'a',
      seat: null,
      publicKey: key.publicKey,
      notBefore: '2026-03-24T01:00:00.000Z',
      notAfter: '2026-03-24T12:00:00.000Z',
      ...grant,
    };
    return sign(key, { kind: 'session', certificate: seated.certificate, grant: full, grantSignature: grantSession(expert, full) });
  };
  const fault = (signed: SignedCommand, at = NOW): string | null => {
    try {
      sut.require(signed, at);
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const nodeRef = (publicKey: string, name = 'node:sub-1'): SignerRef => ({ kind: 'node', name, publicKey });

  it('SEC-15 keeps what somebody seated here has signed, by certificate or session key, and what the node itself has', () => {
    expect(fault(sign(expert, seated))).toBeNull();
    expect(fault(session())).toBeNull();
    expect(fault(sign(node, nodeRef(node.publicKey), 'node:sub-1'))).toBeNull();
  });

  it('SEC-15 turns away what is not signed by who it says: junk, another’s key, an altered command, a foreign node', () => {
    const good = sign(expert, seated);
    expect(fault({ ...good, signature: 'AA' })).toBe('BAD_SIGNATURE');
    expect(fault(sign(other, seated))).toBe('BAD_SIGNATURE');
    expect(fault({ ...good, command: { ...good.command, public: { changed: true } } })).toBe('BAD_SIGNATURE');
    const foreign = profile.generateSigner('node');
    expect(fault(sign(foreign, nodeRef(foreign.publicKey), 'node:sub-1'))).toBe('CERT_UNKNOWN');
    expect(fault(sign(node, nodeRef(node.publicKey), 'expert-1'))).toBe('NOT_SEATED');
  });

  it('SEC-15 turns away who has no seat here, who names another’s part, and what is for no lot or another installation', () => {
    expect(fault(sign(other, elsewhere))).toBe('NOT_SEATED');
    expect(fault(sign(expert, seated, 'expert-2'))).toBe('NOT_SEATED');
    expect(fault(sign(expert, seated, 'expert-1', { origin: 'test/lot/b/1', lot: 'b' }))).toBe('NOT_SEATED');
    expect(fault(sign(expert, seated, 'expert-1', { origin: 'else/lot/a/1' }))).toBe('WRONG_LOG');
    expect(fault(sign(expert, seated, 'expert-1', { origin: 'test/platform', lot: null, round: null }))).toBe('WRONG_LOG');
    expect(fault(sign(expert, seated), '2030-01-01T00:00:00.000Z')).toMatch(/^CERT_/);
    expect(fault(session(), '2026-03-25T00:00:00.000Z')).toBe('CERT_EXPIRED');
  });

  it('SEC-23 keeps nothing of a session key that was granted for another seat', () => {
    expect(fault(session({ seat: 'r1-s1' }))).toBeNull();
    expect(fault(session({ seat: 'r1-s2' }))).toBe('E_SEAT_MISMATCH');
    expect(fault(session({ lot: 'b' }))).toBe('WRONG_LOG');
  });
});
