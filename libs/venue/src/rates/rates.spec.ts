import { DomainError } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.js';
import { Rates } from './rates.js';
import { ratesOf } from './test/rates-of.js';

const from = (remoteAddress: string, ...forwarded: string[]) => ({
  socket: { remoteAddress },
  headers: forwarded.length === 0 ? {} : { 'x-forwarded-for': forwarded.join(', ') },
});

describe('SEC-19 the address that somebody without a session is counted for', () => {
  it.each([
    ['of the line, without a proxy', from('203.0.113.7', '198.51.100.1'), 0, '203.0.113.7'],
    ['that the one proxy was asked from', from('127.0.0.1', '203.0.113.7'), 1, '203.0.113.7'],
    ['that the proxy added, not what the asker made up', from('127.0.0.1', '198.51.100.1', '203.0.113.7'), 1, '203.0.113.7'],
    ['behind two proxies', from('127.0.0.1', '198.51.100.1', '203.0.113.7', '10.0.0.2'), 2, '203.0.113.7'],
    ['of the line, when nobody came by the proxy', from('203.0.113.7'), 1, '203.0.113.7'],
    ['in one form, as IPv4', from('::ffff:203.0.113.7'), 0, '203.0.113.7'],
    ['as the line that IPv6 gives', from('2001:DB8:1:2:3:4:5:6'), 0, '2001:db8:1:2::/64'],
    ['as that line in short form', from('2001:db8::6'), 0, '2001:db8:0:0::/64'],
    ['of nobody, once the connection is gone', { headers: {}, socket: null }, 0, 'unknown'],
  ])('is the one %s', (_name, request, proxies, address) => {
    expect(clientAddress(request, proxies)).toBe(address);
  });
});

describe('SEC-19 rates', () => {
  const refused = (name: string) => ({
    code: 'RATE_LIMITED',
    message: expect.stringContaining(name),
    details: { retryAfterSeconds: expect.any(Number) },
  });

  it('refuse what is beyond the named limit, for each asker', async () => {
    const sut = new Rates(ratesOf({ CHALLENGES_PER_MINUTE_MAX: 2 }));
    for (let time = 0; time < 2; time += 1) await sut.take('CHALLENGES_PER_MINUTE_MAX', 'a');
    await expect(sut.take('CHALLENGES_PER_MINUTE_MAX', 'a')).rejects.toMatchObject(refused('CHALLENGES_PER_MINUTE_MAX'));
    await sut.take('CHALLENGES_PER_MINUTE_MAX', 'b');
    await sut.take('UPLOADS_PER_MINUTE_MAX', 'a');
  });

  it('count refusals alone where guessing is what they are against', async () => {
    const sut = new Rates(ratesOf({ LOGINS_REFUSED_PER_MINUTE_MAX: 2 }));
    const login = (work: () => Promise<string>) => sut.countingRefusals('LOGINS_REFUSED_PER_MINUTE_MAX', 'a', work);
    const good = () => Promise.resolve('in');
    const bad = () => Promise.reject(new DomainError('BAD_SIGNATURE', 'no'));
    for (let time = 0; time < 5; time += 1) expect(await login(good)).toBe('in');
    // A venue that cannot look is not the asker's fault.
    for (let time = 0; time < 5; time += 1)
      await expect(login(() => Promise.reject(new DomainError('UNAVAILABLE', 'away')))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    for (let time = 0; time < 2; time += 1) await expect(login(bad)).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
    await expect(login(good)).rejects.toMatchObject(refused('LOGINS_REFUSED_PER_MINUTE_MAX'));
  });
});
