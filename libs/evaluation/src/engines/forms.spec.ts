import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { isExtended } from './forms.js';

const form = (payload: z.ZodType): string => JSON.stringify([z.toJSONSchema(payload), {}]);
const rules = z.strictObject({ ceiling: z.string(), items: z.array(z.strictObject({ id: z.string() })) });
const before = z.strictObject({ code: z.string(), rules: rules.nullable() });
const withRules = (changed: z.ZodType): z.ZodType => z.strictObject({ code: z.string(), rules: changed.nullable() });

describe('two forms of one command', () => {
  it.each<[string, z.ZodType, boolean]>([
    ['are one', before, true],
    ['differ by a field that need not be said', before.extend({ note: z.string().exactOptional() }), true],
    ['differ by such a field further in', withRules(rules.extend({ blind: z.strictObject({ paper: z.string() }).exactOptional() })), true],
    [
      'differ by such a field of a row',
      withRules(rules.extend({ items: z.array(z.strictObject({ id: z.string(), title: z.string().exactOptional() })) })),
      true,
    ],
    ['differ by a field that must be said', withRules(rules.extend({ facts: z.strictObject({}) })), false],
    ['differ by a field that is gone', z.strictObject({ code: z.string() }), false],
    ['differ by a field that need not be said any more', before.extend({ code: z.string().exactOptional() }), false],
    ['differ by what a field holds', before.extend({ code: z.int() }), false],
    ['differ by how much it holds', before.extend({ code: z.string().max(9) }), false],
    ['differ by its choices', withRules(rules.extend({ ceiling: z.enum(['a', 'b']) })), false],
  ])('%s', (_how, after, isOne) => {
    expect(isExtended(form(before), form(after))).toBe(isOne);
  });

  it('are asked from the older to the newer: what a later client may leave out, an earlier engine does not ask for', () => {
    const newer = before.extend({ note: z.string().exactOptional() });
    expect(isExtended(form(newer), form(before))).toBe(false);
  });
});
