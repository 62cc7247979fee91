import { describe, expect, it } from '@jest/globals';
import { holds, rightsNews } from './rights.js';

const nobody = null;
const person = { rights: [] };
const reader = { rights: ['registry:read' as const] };

describe('who may open a page', () => {
  it.each([
    ['public', [true, true, true]],
    ['session', [false, true, true]],
    ['registry:read', [false, false, true]],
    ['registry:write', [false, false, false]],
  ] as const)('that needs %s: the public, a person, a reader of the registry', (need, expected) => {
    expect([nobody, person, reader].map((session) => holds(session, need))).toEqual(expected);
  });
});

describe('what a person is told of their rights', () => {
  it('is what was given and what was taken', () => {
    expect(rightsNews(['jobs:read'], ['jobs:read', 'registry:read'])).toEqual({ given: ['registry:read'], taken: [] });
    expect(rightsNews(['jobs:read', 'registry:read'], ['registry:read'])).toEqual({ given: [], taken: ['jobs:read'] });
    expect(rightsNews(['jobs:read'], ['jobs:read'])).toBeNull();
  });

  it('adds up until they have seen it: what was given and taken again is no news', () => {
    const given = rightsNews([], ['jobs:read']);
    expect(rightsNews(['jobs:read'], ['jobs:read', 'registry:read'], given)).toEqual({ given: ['jobs:read', 'registry:read'], taken: [] });
    expect(rightsNews(['jobs:read'], [], given)).toBeNull();
    const taken = rightsNews(['jobs:read', 'registry:read'], ['registry:read']);
    expect(rightsNews(['registry:read'], [], taken)).toEqual({ given: [], taken: ['registry:read', 'jobs:read'] });
    expect(rightsNews(['registry:read'], ['registry:read', 'jobs:read'], taken)).toBeNull();
  });
});
