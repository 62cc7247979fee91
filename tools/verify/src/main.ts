import type { Trust } from '@app/archive';
import { zTrust } from '@app/archive';
import { NODE_DIGESTS, openFile, readBuiltBundle } from '@app/archive/node';
import { HttpClient, readLoggedBundle, readServedBundle, RequestError } from '@app/client';
import { openCheckedShelf } from '@app/evaluation/node';
import { findProfile } from '@app/sealing/node';
import type { Report } from '@app/verifying';
import { EXIT, unreadable, verifyArchive, verifyBundle, verifyReceipt } from '@app/verifying';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printReport } from './print.js';

const USAGE = 'usage: verify ARCHIVE|RECEIPT|https://VENUE [--trust FILE] [--json]';
const ADDRESS = /^https?:\/\//;

/** Thrown for a file that cannot be read at all: exit status 4. */
class UnreadableFile extends Error {
  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`${file}: ${reason}`);
  }
}

/** Exit status, the first that applies: 4 a file cannot be read, 1 something is wrong, 3 incomplete, 2 consistent but no trust file, 0 all holds. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    // `build`: folder of the web client that was built here.
    options: { trust: { type: 'string' }, json: { type: 'boolean' }, build: { type: 'string', default: 'dist/web' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(USAGE);
  const report = await reportOn(file, values.trust, values.build);
  process.stdout.write(values.json === true ? `${JSON.stringify(report)}\n` : printReport(report));
  return report.exit;
}

async function reportOn(file: string, trustFile: string | undefined, build: string): Promise<Report> {
  try {
    const trust = trustFile === undefined ? null : readTrust(trustFile);
    if (ADDRESS.test(file)) return await reportOnVenue(file, trust, build);
    // A receipt is JSON, an archive is not.
    if (file.endsWith('.json')) return verifyReceipt(readJson(file), trust);
    const source = await openFile(file).catch((error: unknown) => {
      throw new UnreadableFile(file, `${messageOf(error)}. Give the path of a lot's archive; npm run demo -- --out DIR writes two.`);
    });
    try {
      return await verifyArchive(source, trust, { profileFor: findProfile, digests: NODE_DIGESTS, shelf: await openCheckedShelf() });
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return unreadable(error.file, error.reason);
    throw error;
  }
}

/** What a venue sends to browsers, beside its main venue's log and what was built here. */
async function reportOnVenue(address: string, trust: Trust | null, build: string): Promise<Report> {
  const http = new HttpClient(address.replace(/\/+$/, ''));
  const own = readBuiltBundle(build);
  if (own === null) throw new UnreadableFile(build, 'holds no web client to compare with; npm run build makes it');
  try {
    const served = await readServedBundle(http);
    if (served === null) throw new UnreadableFile(address, 'serves no web client');
    const logged = await readLoggedBundle(http);
    return verifyBundle({ served, logged, own }, trust);
  } catch (error) {
    if (error instanceof RequestError) throw new UnreadableFile(address, error.message);
    throw error;
  }
}

function readTrust(file: string): Trust {
  const read = zTrust.safeParse(readJson(file));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new UnreadableFile(file, `no trust file: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong form'}`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new UnreadableFile(file, `not a readable JSON file (${messageOf(error)})`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`verify: ${messageOf(error)}\n`);
  process.exitCode = EXIT.UNREADABLE;
}
