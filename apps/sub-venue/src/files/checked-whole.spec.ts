import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { checkedWhole } from './checked-whole.js';

const pieces = ['eins', 'zwei', 'drei'].map((text) => Buffer.from(text));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const whole = Buffer.concat(pieces);

async function* sent(list: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of list) yield await Promise.resolve(piece);
}

/** What came out, and the error that ended it. */
async function read(list: readonly Uint8Array[], hash: string): Promise<{ text: string; error: unknown }> {
  const got: Uint8Array[] = [];
  try {
    for await (const piece of checkedWhole(sent(list), hash)) got.push(piece);
  } catch (error) {
    return { text: Buffer.concat(got).toString(), error };
  }
  return { text: Buffer.concat(got).toString(), error: null };
}

describe('a file that a site reads whole from the main venue', () => {
  it('comes as it is when it has its hash, also an empty one', async () => {
    expect(await read(pieces, hashOf(whole))).toEqual({ text: whole.toString(), error: null });
    expect(await read([], hashOf(Buffer.alloc(0)))).toEqual({ text: '', error: null });
  });

  it.each([
    ['a changed one', [...pieces.slice(0, 2), Buffer.from('Drei')]],
    ['one that is cut short', pieces.slice(0, 2)],
    ['one that goes on', [...pieces, Buffer.from('!')]],
  ])('is never given whole: %s', async (_name, list) => {
    const { text, error } = await read(list, hashOf(whole));
    expect(error).toMatchObject({ code: 'HASH_MISMATCH' });
    expect(text.length).toBeLessThan(Buffer.concat(list).length);
  });
});
