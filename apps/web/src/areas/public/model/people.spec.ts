import { describe, expect, it } from '@jest/globals';
import type { DemoIdentity } from '../../../core/identity/demo-identity.js';
import { grouped } from './people.js';

const person = (name: string, organisation: string | null, ...roles: string[]): DemoIdentity => ({
  id: name,
  name,
  organisation,
  roles,
  certificate: 'AA',
  privateKey: 'AA',
  encryptionKey: null,
  part: null,
});
const people = [
  person('Li', 'Bureau', 'supervisor'),
  person('Wang', 'Builder', 'bidder'),
  person('Chen', 'Builder', 'bidder'),
  person('Guest', null),
];
const words = (role: string): string => ({ bidder: '投标人', supervisor: '监督人员' })[role] ?? role;

describe('people of a demonstration', () => {
  it('stand in groups by role, those without a role last', () => {
    expect(grouped(people, '', words).map((group) => [group.role, group.people.length])).toEqual([
      ['bidder', 2],
      ['supervisor', 1],
      ['', 1],
    ]);
  });

  it.each([
    ['wang', ['Wang']],
    ['builder', ['Wang', 'Chen']],
    ['builder chen', ['Chen']],
    ['监督', ['Li']],
    ['nobody', []],
  ])('are found by %s', (search, names) => {
    expect(grouped(people, search, words).flatMap((group) => group.people.map(({ name }) => name))).toEqual(names);
  });
});
