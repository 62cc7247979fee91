import { describe, expect, it } from '@jest/globals';
import { zNodePut } from './registry-api.js';
import { zRegistryImport } from './registry.js';
import { isPrivateLine } from './venue-url.js';

describe('addresses of venues', () => {
  it.each([
    ['https://sub-1.example:8443', true],
    ['http://127.0.0.1:4101', true],
    ['http://localhost:4101', true],
    ['http://[::1]:4101', true],
    ['http://sub-1.example', false],
    ['http://10.0.0.7:4101', false],
    ['http://127.0.0.1.example', false],
    ['http://0.0.0.0:4101', false],
    ['ws://127.0.0.1', false],
  ])('SEC-22 needs TLS unless the venue is on this machine: %s', (url, isTaken) => {
    expect(isPrivateLine(url)).toBe(isTaken);
    const node = { name: '分场', role: 'sub', city: '杭州', url, nodeKey: 'AA', witnessKey: null, basis: null };
    const put = zNodePut.safeParse(node);
    expect(put.success).toBe(isTaken);
    const { basis: _, ...venue } = { ...node, id: 'sub-1', rooms: [] };
    const none = { organisations: [], persons: [], certificates: [], authorities: [], experts: [] };
    expect(zRegistryImport.safeParse({ ...none, venues: [venue] }).success).toBe(isTaken);
  });

  it('SEC-22 says what is wrong, and takes what is no address for none', () => {
    const why = (url: string): string | undefined => zNodePut.shape.url.safeParse(url).error?.issues[0]?.message;
    expect(why('http://sub-1.example')).toMatch(/TLS/);
    expect(why('sub-1')).toBeDefined();
    expect(why('')).toBeDefined();
  });
});
