import { describe, expect, it } from '@jest/globals';
import { holds } from './rights.js';

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
