import { LOTS_MESSAGES, zFromQuery, zRoundQuery } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { schemaPipe } from '../http/schema-pipe.js';
import { readPayload } from './payload.js';

const {
  'lot:watch': { payload: zWatch },
  'lot:leave': { payload: zLeave },
} = LOTS_MESSAGES;
const refusal = (message: string): unknown => expect.objectContaining({ code: 'MALFORMED', message: expect.stringContaining(message) });

describe('a payload', () => {
  it('is what its schema makes of it', () => {
    expect(readPayload(zWatch, { lot: 'lot-1', round: 1, from: 0 })).toEqual({ lot: 'lot-1', round: 1, from: 0 });
    expect([readPayload(zRoundQuery, undefined), readPayload(zFromQuery, '7')]).toEqual([1, 7]);
  });

  it.each([
    ['a field out of range', { lot: 'lot-1', round: 0 }, 'round: '],
    ['a field too many', { lot: 'lot-1', round: 1, more: 1 }, '(whole): '],
    ['a text', 'lot-1', '(whole): '],
    ['nothing', undefined, '(whole): '],
  ])('that is %s is MALFORMED, and it is said where', (_name, payload, where) => {
    expect(() => readPayload(zLeave, payload)).toThrow(refusal(where));
  });

  it('of an endpoint is refused in the same words', async () => {
    const schema = z.object({ at: z.array(z.int()) });
    const read = (value: unknown): Promise<unknown> => schemaPipe().transform(value, { type: 'body', schema });
    await expect(read({ at: [1] })).resolves.toEqual({ at: [1] });
    await expect(read({ at: [1, 'x'] })).rejects.toThrow(refusal('at.1: '));
    await expect(read(null)).rejects.toThrow(refusal('(whole): '));
  });
});
