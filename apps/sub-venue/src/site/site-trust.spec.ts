import type { SignedVenueRegistry, VenueRegistry } from '@app/contracts';
import { utf8 } from '@app/contracts';
import { signWith } from '@app/sealing';
import { createAuthority, issue, revocationList } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { profile } from '../../test/support.js';
import { SiteTrust } from './site-trust.js';

type Pins = ConstructorParameters<typeof SiteTrust>[2];
const main = profile.generateSigner('node');
const AT = '2026-03-24T01:30:00.000Z';

function registry(more: Partial<VenueRegistry> = {}): VenueRegistry {
  return {
    v: 1,
    version: 7,
    at: AT,
    answerKey: 'AAAA',
    logKey: 'log+1',
    venues: [
      { id: 'main', name: '主场', role: 'main', nodeKey: main.publicKey, witnessKey: null },
      { id: 'sub-2', name: '副场二', role: 'sub', nodeKey: 'AAAA', witnessKey: 'sub-2+1' },
    ],
    organisations: [],
    persons: [{ id: 'p-1', name: 'P', organisation: null }],
    certificates: [],
    authorities: [],
    seats: [{ origin: 'test/lot/a/1', party: 'expert-1', roles: ['expert'], person: 'p-1' }],
    ...more,
  };
}
function signed(value: object): SignedVenueRegistry {
  const text = JSON.stringify(value);
  return { text, signature: signWith(main, 'venueRegistry', utf8(text)) };
}

function world(pins: Pins = {}) {
  const kept = new Map<string, string>();
  const facts = {
    read: (name: string) => Promise.resolve(kept.get(name) ?? null),
    write: (name: string, text: string) => Promise.resolve(void kept.set(name, text)),
  };
  return { kept, sut: new SiteTrust(profile, facts, pins), again: () => new SiteTrust(profile, facts, pins) };
}

describe('SEC-22 the registry that a main venue pushes', () => {
  const moved = registry({ version: 8, seats: [] });

  it('is not taken when an older one comes back with seats that were taken, also after a restart', async () => {
    const { sut, again } = world();
    await sut.accept(signed(registry()));
    await sut.accept(signed(moved));
    const started = again();
    await started.onModuleInit();
    for (const trust of [sut, started]) {
      await expect(trust.accept(signed(registry()))).rejects.toMatchObject({ code: 'REGISTRY_OLDER' });
      await expect(trust.accept(signed({ ...moved, at: '2026-03-24T01:29:59.999Z' }))).rejects.toMatchObject({ code: 'REGISTRY_OLDER' });
      expect(trust.seatsOf('p-1')).toEqual([]);
      // Seats come from lots: the registry's version is the same, the moment a later one.
      await trust.accept(signed({ ...registry({ version: 8 }), at: AT }));
      expect(trust.seatsOf('p-1')).toHaveLength(1);
      await trust.accept(signed(moved));
    }
  });

  it('that a release before kept without a version is used, and anything newer is taken', async () => {
    const { kept, sut } = world();
    const { version: _version, at: _at, ...before } = registry();
    kept.set('registry', JSON.stringify({ main: main.publicKey, registry: JSON.stringify(before) }));
    await sut.onModuleInit();
    expect(sut.seatsOf('p-1')).toHaveLength(1);
    await sut.accept(signed(moved));
    expect(sut.registry?.version).toBe(8);
  });

  it.each<[string, Pins]>([
    ['first told', {}],
    ['given by hand', { main: main.publicKey, mainAnswer: 'AAAA', mainLog: 'log+1' }],
  ])('names no other key of the log or of answers than the one %s, whoever signed it', async (_name, pins) => {
    const { sut } = world(pins);
    await sut.accept(signed(registry()));
    for (const other of [{ logKey: 'log+2' }, { answerKey: 'AAAB' }])
      await expect(sut.accept(signed(registry({ version: 9, ...other })))).rejects.toMatchObject({ code: 'KEY_PINNED' });
    expect(sut.logKey).toBe('log+1');
  });

  it('names no other witness than one given by hand, from the first one on', async () => {
    const pins = { mainLog: 'log+1', witnesses: { 'sub-2': 'sub-2+0' } };
    await expect(world(pins).sut.accept(signed(registry()))).rejects.toMatchObject({
      code: 'KEY_PINNED',
      message: expect.stringContaining('the witness sub-2'),
    });
    await expect(world({ mainLog: 'log+9' }).sut.accept(signed(registry()))).rejects.toMatchObject({ code: 'KEY_PINNED' });
    await world({ ...pins, witnesses: { 'sub-2': 'sub-2+1' } }).sut.accept(signed(registry()));
  });

  it('leaves the keys that it replaces known for lots of before, also after a restart and beside what was given by hand', async () => {
    const by = { venue: 'sub-3', key: 'sub-3+0', until: AT };
    const { sut, again } = world({ retired: [by] });
    await sut.accept(signed(registry()));
    expect(sut.anchors?.retired).toEqual([by]);
    const [main0, sub] = registry().venues;
    const renewed = registry({
      version: 8,
      at: '2026-03-25T00:00:00.000Z',
      venues: [main0!, { ...sub!, nodeKey: 'AAAB', witnessKey: 'sub-2+2' }],
    });
    await sut.accept(signed(renewed));
    const until = '2026-03-25T00:00:00.000Z';
    const gone = [
      { venue: 'sub-2', key: 'AAAA', until },
      { venue: 'sub-2', key: 'sub-2+1', until },
    ];
    const started = again();
    await started.onModuleInit();
    for (const { anchors } of [sut, started]) {
      expect(anchors?.retired).toEqual([by, ...gone]);
      expect([anchors?.witnessKeys, anchors?.nodeKeys['node:sub-2']]).toEqual([['sub-2+2'], 'AAAB']);
    }
  });

  it('lets no venue more stand as a witness in a lot where the witnesses were given by hand', async () => {
    const venues = [...registry().venues, { id: 'sub-9', name: '无', role: 'sub' as const, nodeKey: 'AAAC', witnessKey: 'sub-9+1' }];
    const { sut } = world({ witnesses: { 'sub-2': 'sub-2+1' } });
    await sut.accept(signed(registry({ venues })));
    expect(sut.anchors?.witnessKeys).toEqual(['sub-2+1']);
    const believing = world().sut;
    await believing.accept(signed(registry({ venues })));
    expect(believing.anchors?.witnessKeys).toEqual(['sub-2+1', 'sub-9+1']);
  });

  it('SEC-5 adds no certificate authority of its own, and no venue, where both were given by hand: its certificates are believed by nobody here', async () => {
    const VALID = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2028-01-01T00:00:00.000Z' };
    const [authority, own] = [
      await createAuthority(profile.generateSigner(), 'CA', VALID),
      await createAuthority(profile.generateSigner(), 'Own', VALID),
    ];
    const listOf = async (of: typeof own) => ({
      certificate: of.certificate,
      revocationList: await revocationList(of, [], { thisUpdate: VALID.notBefore, nextUpdate: VALID.notAfter }),
    });
    const authorities = [await listOf(authority)];
    const invented = await issue(own, { name: '无此人' }, profile.generateSigner().publicKey, VALID);
    const { sut } = world({ roots: [authority.certificate], nodes: { 'sub-2': 'AAAA' } });
    await sut.accept(signed(registry({ authorities })));
    const lies: [Partial<VenueRegistry>, string][] = [
      [{ authorities: [...authorities, await listOf(own)] }, 'a certificate authority'],
      [
        { venues: registry().venues.map((venue) => ({ ...venue, nodeKey: venue.role === 'main' ? venue.nodeKey : 'AAAB' })) },
        'the venue sub-2',
      ],
      [{ venues: [...registry().venues, { id: 'sub-9', name: '无', role: 'sub', nodeKey: 'AAAC', witnessKey: null }] }, 'the venue sub-9'],
    ];
    for (const [lie, what] of lies)
      await expect(sut.accept(signed(registry({ version: 8, authorities, ...lie })))).rejects.toMatchObject({
        code: 'KEY_PINNED',
        message: expect.stringContaining(what),
      });
    expect(sut.checkCertificate(invented, AT)).toMatchObject({ ok: false });
    expect(sut.anchors?.roots).toEqual([authority.certificate]);
    // Without the pins the main venue's word is all that a site has.
    const trusting = world().sut;
    await trusting.accept(signed(registry({ authorities: [await listOf(own)] })));
    expect(trusting.checkCertificate(invented, AT)).toMatchObject({ ok: true });
  });

  it('is signed by the pinned key or not taken', async () => {
    const { sut } = world({ main: profile.generateSigner('node').publicKey });
    await expect(sut.accept(signed(registry()))).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
  });
});
