import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/**
 * A node's keys from a JSON file (KEYS_FILE). Throws when the file is missing, is no JSON or lacks a key; the message names the file
 * or the fields, never a value, so it may be logged.
 */
export async function readKeysFile<Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.infer<Schema>> {
  const read = schema.safeParse(parsed(await readFile(path, 'utf8')));
  if (!read.success) throw new Error(`KEYS_FILE lacks or breaks: ${read.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and here the text is keys.
    throw new Error('KEYS_FILE is no JSON');
  }
}
