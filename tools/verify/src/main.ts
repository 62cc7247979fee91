import type { Trust } from '@app/archive';
import { zTrust } from '@app/archive';
import type { FileSource } from '@app/archive/node';
import { NODE_DIGESTS, openFile } from '@app/archive/node';
import { openCheckedShelf } from '@app/evaluation/node';
import type { CryptoProfile } from '@app/sealing';
import { PROFILE_IDS } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printReport } from './print.js';
import { verifyArchive } from './verify.js';

const USAGE = 'usage: verify ARCHIVE [--trust FILE] [--json]';

/** 0: everything holds. 1: something is wrong, or a file can not be read. 2: consistent, but no trust file was given. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { trust: { type: 'string' }, json: { type: 'boolean' } } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(USAGE);
  const trust = values.trust === undefined ? null : readTrust(values.trust);
  const profileFor = (id: string): CryptoProfile | null => {
    const profile = PROFILE_IDS.find((name) => name === id);
    return profile === undefined ? null : profileOf(profile);
  };
  const source = await openArchive(file);
  try {
    const report = await verifyArchive(source, trust, { profileFor, digests: NODE_DIGESTS, shelf: await openCheckedShelf() });
    process.stdout.write(values.json === true ? `${JSON.stringify(report)}\n` : printReport(report));
    return report.exit;
  } finally {
    await source.close();
  }
}

async function openArchive(file: string): Promise<FileSource> {
  try {
    return await openFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new Error(`${file} can not be read (${reason}). Give the path of a lot's archive; npm run demo -- --out DIR writes two.`, {
      cause: error,
    });
  }
}

function readTrust(file: string): Trust {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: not a readable JSON file (${error instanceof Error ? error.message : 'unknown'})`, { cause: error });
  }
  const read = zTrust.safeParse(content);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Error(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a trust file'}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`verify: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
