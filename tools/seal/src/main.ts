import { readTrust, UnreadableFile } from '@app/archive/node';
import { faultsOf, namesIn } from '@app/bid-making';
import { asRequestError } from '@app/client';
import { parseArgs } from 'node:util';
import { readBid } from './bid-file.js';
import { readBidder } from './bidder.js';
import { readLot } from './lot.js';
import { factsOf, inWords, NOTHING, print, type Report } from './print.js';
import { EXIT, Refusal } from './refusal.js';
import { seal } from './seal.js';

const USAGE = 'usage: seal BID.json --archive FILE --trust FILE --identity FILE (--out FOLDER | --check) [--json]';

interface Asked {
  readonly bid: string;
  readonly archive: string;
  readonly trust: string;
  readonly identity: string;
  /** Null: nothing is sealed. */
  readonly out: string | null;
}

/** Seals a bid on a machine that needs no network, by the code that the web client seals by. Exit status: see {@link EXIT}. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      archive: { type: 'string' },
      trust: { type: 'string' },
      identity: { type: 'string' },
      out: { type: 'string' },
      check: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { archive, trust, identity, out = null, check, json } = values;
  const [bid, ...more] = positionals;
  const isAsked = (out === null) === check && more.length === 0;
  if (bid === undefined || archive === undefined || trust === undefined || identity === undefined || !isAsked) throw new Error(USAGE);
  const report = await reportOn({ bid, archive, trust, identity, out });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : print(report));
  return { SEALED: EXIT.GOOD, GOOD: EXIT.GOOD, FAULTY: EXIT.FAULTY, REFUSED: EXIT.REFUSED, UNREADABLE: EXIT.UNREADABLE }[report.verdict];
}

async function reportOn(asked: Asked): Promise<Report> {
  const nowMs = performance.timeOrigin + performance.now();
  let report = NOTHING;
  try {
    const bidder = readBidder(asked.identity);
    const draft = await readBid(asked.bid);
    const lot = await readLot(asked.archive, readTrust(asked.trust), nowMs);
    const { state, rules, deadline } = lot;
    report = { ...report, lot: factsOf(lot) };
    if (draft.lot !== state.lot || draft.round !== state.round)
      throw new Refusal('WRONG_LOG', `the bid is for ${draft.lot} (round ${String(draft.round)}), the archive is that of ${state.origin}`);
    // A clock that is behind does not make a deadline later than the witnesses know.
    if (Math.max(nowMs, lot.witnessedAtMs) >= Date.parse(deadline)) throw new Refusal('E_DEADLINE_PASSED', `bids closed at ${deadline}`);
    const { bidKey, certificate } = bidder;
    const maker = {
      certificateEnds: certificate.notAfter,
      hasBidKey: bidKey !== null,
      isAnchored: true,
      names: namesIn(certificate.subject),
    };
    const looks = rules.blindFormat === undefined ? undefined : await draft.looks();
    const faults = faultsOf(draft, rules, deadline, maker, looks);
    report = { ...report, faults: faults.map(inWords) };
    if (bidKey === null || faults.some(({ isHard }) => isHard)) return { ...report, verdict: 'FAULTY' };
    if (asked.out === null) return { ...report, verdict: 'GOOD' };
    return {
      ...report,
      verdict: 'SEALED',
      sealed: await seal(lot, draft, { ...bidder, bidKey }, { folder: asked.out, at: new Date(nowMs).toISOString() }),
    };
  } catch (error) {
    if (error instanceof UnreadableFile) return { ...report, verdict: 'UNREADABLE', reason: { code: 'MALFORMED', message: error.message } };
    const { code, message } = error instanceof Refusal ? error : asRequestError(error);
    return { ...report, verdict: 'REFUSED', reason: { code, message } };
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`seal: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT.UNREADABLE;
}
