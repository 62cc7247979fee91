import type { Trust } from '@app/archive';
import { NODE_DIGESTS, openFile, readBuiltBundle, readBytes, readJson, readTrust, UnreadableFile } from '@app/archive/node';
import { HttpClient, readLoggedBundle, readServedBundle, RequestError } from '@app/client';
import { EngineFileError } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { findProfile } from '@app/sealing/node';
import type { Report } from '@app/verifying';
import { EXIT, unreadable, verifyArchive, verifyBundle, verifyReceipt } from '@app/verifying';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compare, type Comparison, openingRecordFrom, receiptIn } from './documents.js';
import { printComparison, printReport } from './print.js';
import { recordingFiles } from './recording-files.js';

const USAGE =
  'usage: verify ARCHIVE|RECEIPT|https://VENUE [--trust FILE] [--json] [--receipt FILE] [--recordings DIR] [--record FILE] [--write-record FILE]; ' +
  '--receipt, --recordings, --record and --write-record go with an archive';
const ADDRESS = /^https?:\/\//;

/**
 * Exit status, the first that applies: 4 a file cannot be read, 1 something is wrong, 3 incomplete, 2 consistent but no trust file, 0 all holds.
 * `--write-record` writes the opening record (开标记录) as PDF, as everybody makes it from the archive; `--record` compares a file that is said to be it, or a
 * signature over it. A receipt as PDF is compared with the one that its data make. `--receipt` lays a bidder's receipt beside the archive of its lot: an act
 * that is missing from the lock is wrong.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      trust: { type: 'string' },
      json: { type: 'boolean' },
      receipt: { type: 'string' },
      record: { type: 'string' },
      // Folder with the recordings of the lot (录制), as the sites keep them, put together.
      recordings: { type: 'string' },
      'write-record': { type: 'string' },
      // Folder of the web client that was built here.
      build: { type: 'string', default: 'dist/web' },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(USAGE);
  const { report, document } = await judged(file, values.trust, values);
  const about = document === null ? report : { ...report, document };
  process.stdout.write(
    values.json === true ? `${JSON.stringify(about)}\n` : `${printReport(report)}${document === null ? '' : printComparison(document)}`,
  );
  return document?.isSame === false ? EXIT.FAIL : report.exit;
}

interface Judged {
  readonly report: Report;
  readonly document: Comparison | null;
}

/** What is to be compared or written beside the verdict. */
interface Asked {
  readonly recordings?: string | undefined;
  readonly receipt?: string | undefined;
  readonly record?: string | undefined;
  readonly 'write-record'?: string | undefined;
  readonly build: string;
}

async function judged(
  file: string,
  trustFile: string | undefined,
  { receipt, record, recordings, build, 'write-record': newRecord }: Asked,
): Promise<Judged> {
  try {
    const trust = trustFile === undefined ? null : readTrust(trustFile);
    if (receipt !== undefined && (ADDRESS.test(file) || /\.(json|pdf)$/.test(file))) throw new Error(USAGE);
    if (ADDRESS.test(file)) return { report: await reportOnVenue(file, trust, build), document: null };
    // A receipt is JSON or PDF, an archive is neither.
    if (file.endsWith('.json')) return { report: verifyReceipt(readJson(file), trust), document: null };
    if (file.endsWith('.pdf')) return await judgedReceipt(file, trust);
    const report = await reportOn(file, trust, recordings, receipt === undefined ? undefined : await receiptFrom(receipt));
    if ((record === undefined && newRecord === undefined) || report.verdict === 'UNREADABLE') return { report, document: null };
    const made = await openingRecordFrom(file);
    // Nothing that is there is overwritten.
    if (newRecord !== undefined) writeFileSync(newRecord, made.pdf, { flag: 'wx' });
    return { report, document: record === undefined ? null : compare(made, readBytes(record), trust) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { report: unreadable(error.file, error.reason), document: null };
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

async function judgedReceipt(file: string, trust: Trust | null): Promise<Judged> {
  const bytes = readBytes(file);
  const { receipt, document } = await receiptInPdf(file, bytes);
  return { report: verifyReceipt(receipt, trust), document: compare(document, bytes, trust) };
}

const receiptInPdf = (file: string, bytes: Uint8Array): ReturnType<typeof receiptIn> =>
  receiptIn(bytes).catch((error: unknown) => {
    throw new UnreadableFile(file, messageOf(error));
  });

const receiptFrom = async (file: string): Promise<unknown> =>
  file.endsWith('.pdf') ? (await receiptInPdf(file, readBytes(file))).receipt : readJson(file);

async function reportOn(file: string, trust: Trust | null, folder?: string, receipt?: unknown): Promise<Report> {
  const source = await openFile(file).catch((error: unknown) => {
    throw new UnreadableFile(file, `${messageOf(error)}. Give the path of a lot's archive; npm run demo -- --out DIR writes two.`);
  });
  try {
    const recordings = folder === undefined ? null : recordingFiles(folder);
    const tools = { profileFor: findProfile, digests: NODE_DIGESTS, shelf: await openCheckedShelf(), recordings };
    return await verifyArchive(source, trust, tools, receipt);
  } finally {
    await source.close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

try {
  process.exitCode = await main();
} catch (error) {
  const code = error instanceof EngineFileError ? `${error.code}: ` : '';
  const said = `${code}${messageOf(error)}`;
  // Whoever asked for JSON reads no other words, whatever went wrong: an option that there is not, or a file that exists already.
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(unreadable('command line', said))}\n`);
  else process.stderr.write(`verify: ${said}\n`);
  process.exitCode = EXIT.UNREADABLE;
}
