import { zTrust, type Trust } from '@app/archive';
import { profileOf } from '@app/sealing/node';
import { signTrustChange, trustFingerprint } from '@app/verifying';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const USAGE = 'usage: trust fingerprint TRUST_FILE | trust sign TRUST_FILE KEYS_FILE';
const profile = profileOf('gp-std-1');
const zKeys = z.object({ log: z.string() });

/** For whoever runs an installation: the fingerprint that is printed for people to compare, and a change that devices with pinned keys take. */
function main([command, trustFile, keysFile, ...more]: readonly string[]): string {
  if (trustFile === undefined || more.length > 0) throw new Error(USAGE);
  const trust = read(trustFile, zTrust);
  if (command === 'fingerprint' && keysFile === undefined) return printed(trust);
  if (command !== 'sign' || keysFile === undefined) throw new Error(USAGE);
  // The key of the log that devices have pinned: the one before, where it is the log's that changes.
  const { log } = read(keysFile, zKeys);
  return JSON.stringify(signTrustChange(profile, trust, profile.signerFrom(log)), null, 2);
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  const found = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(`${file} is another kind of file: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
const printed = (trust: Trust): string => trustFingerprint(profile, trust).match(/.{4}/g)?.join(' ') ?? '';

try {
  process.stdout.write(`${main(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`trust: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
