import { describe, expect, it } from '@jest/globals';
import type { VenueHello } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import { FakeClock } from '@app/platform';
import { signWith, verifyWith } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { HelloGate } from './hello-gate.js';
import { GivenDirectory } from './test/given-directory.js';

const profile = profileOf('gp-std-1');
const site = profile.generateSigner('node');
const main = profile.generateSigner('node');

function world() {
  const clock = new FakeClock();
  const keys = new Map([
    ['sub-1', site.publicKey],
    ['main', main.publicKey],
  ]);
  const directory = new GivenDirectory({ id: 'main', name: 'main', role: 'main' }, undefined, (venue) => keys.get(venue) ?? null);
  const sut = new HelloGate(directory, clock, { INSTALLATION: 'test' }, { node: main }, profile);
  const hello = (more: Partial<VenueHello> = {}): VenueHello => ({
    v: 1,
    venue: 'sub-1',
    installation: 'test',
    at: clock.instant(),
    nonce: profile.newSalt(),
    ...more,
  });
  const signed = (value: VenueHello, signer = site) => ({ hello: value, signature: signWith(signer, 'venueHello', value) });
  const restarted = () => new HelloGate(directory, clock, { INSTALLATION: 'test' }, { node: main }, profile);
  return { sut, restarted, clock, hello, signed };
}

describe('the door of the line to a site', () => {
  it('SEC-6 opens for the holder of the registered node key, and answers his nonce with the main venue’s own key', () => {
    const { sut, hello, signed } = world();
    const admitted = sut.admit(signed(hello()));
    const { welcome, signature } = sut.welcome(admitted);
    expect(welcome).toMatchObject({ venue: 'main', to: 'sub-1', nonce: admitted.nonce });
    expect(verifyWith(profile, main.publicKey, 'venueWelcome', welcome, signature)).toBe(true);
    // SEC-6: what answers a hello was good for reading the mirrors of other sites.
    expect(verifyWith(profile, main.publicKey, 'venueHello', welcome, signature)).toBe(false);
  });

  it.each([
    ['an unknown site', { venue: 'sub-9' }, 'FORBIDDEN'],
    ['the main venue itself', { venue: 'main' }, 'FORBIDDEN'],
    ['another installation', { installation: 'other' }, 'WRONG_LOG'],
    ['a clock that is far off', { at: '2020-01-01T00:00:00.000Z' }, 'FORBIDDEN'],
  ])('stays shut for %s', (_name, more, code) => {
    const { sut, hello, signed } = world();
    expect(() => sut.admit(signed(hello(more)))).toThrow(expect.objectContaining({ code }));
  });

  it('stays shut for another key, a changed hello, and what is no hello', () => {
    const { sut, hello, signed } = world();
    expect(() => sut.admit(signed(hello(), profile.generateSigner('node')))).toThrow(expect.objectContaining({ code: 'BAD_SIGNATURE' }));
    const good = signed(hello());
    expect(() => sut.admit({ ...good, hello: { ...good.hello, nonce: profile.newSalt() } })).toThrow(
      expect.objectContaining({ code: 'BAD_SIGNATURE' }),
    );
    for (const bad of [undefined, null, {}, { ...good, extra: 1 }])
      expect(() => sut.admit(bad)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });

  it('SEC-28 takes a hello once over a restart of the venue, too', async () => {
    const { sut, restarted, clock, hello, signed } = world();
    const first = signed(hello());
    sut.admit(first);
    await clock.advance(1_000);
    const again = restarted();
    expect(() => again.admit(first)).toThrow('before this venue started');
    again.admit(signed(hello()));
  });

  it('takes a hello once, and forgets it only when its time is over', async () => {
    const { sut, clock, hello, signed } = world();
    const first = signed(hello());
    sut.admit(first);
    expect(() => sut.admit(first)).toThrow('used before');
    await clock.advance(VENUE_WIRE.helloSkewMsMax - 1);
    expect(() => sut.admit(first)).toThrow('used before');
    await clock.advance(2 * VENUE_WIRE.helloSkewMsMax);
    sut.admit(signed(hello()));
    expect(() => sut.admit(first)).toThrow('clock');
  });
});
