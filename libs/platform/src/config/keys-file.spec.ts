import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readKeysFile } from './keys-file.js';

const zKeys = z.object({ node: z.string(), storage: z.string().length(5) });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(text: string): Promise<string> {
  const path = join(folder, 'keys.json');
  await writeFile(path, text);
  return path;
}

describe("a node's keys", () => {
  it('are read by their schema', async () => {
    expect(await readKeysFile(zKeys, await written('{"node":"secret","storage":"12345"}'))).toEqual({ node: 'secret', storage: '12345' });
  });

  it.each([
    ['lacks a key', '{"storage":"12345"}', 'KEYS_FILE lacks or breaks: node'],
    ['has a key of another length', '{"node":"secret","storage":"secret"}', 'KEYS_FILE lacks or breaks: storage'],
    ['is no JSON', '{"node": secret}', 'KEYS_FILE is no JSON'],
  ])('are refused when the file %s, without a value in the message', async (_name, text, message) => {
    const failure = await readKeysFile(zKeys, await written(text)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message });
    expect(String(failure)).not.toContain('secret');
  });
});
