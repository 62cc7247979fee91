import type { Archive, Digests, Trust } from '@app/archive';
import { ArchiveError, hashBlobs, readArchive, zActReceipt } from '@app/archive';
import type { EngineShelf } from '@app/evaluation';
import { witnessRules } from '@app/evaluation';
import type { ByteSource, CryptoProfile } from '@app/sealing';
import type { CheckResult } from '../findings.js';
import { Findings } from '../findings.js';
import { LotJudge } from '../judge/lot-judge.js';
import { verifyReceipt } from '../receipt.js';
import type { Report } from '../report.js';
import { conclude, unreadable } from '../report.js';
import { checkActs, lateCommitments } from './acts.js';
import { awardLines, checkAward } from './award.js';
import { checkBoxes } from './boxes.js';
import { checkCheckpoints } from './checkpoints.js';
import { checkDraw, isTurn, type Moment } from './draw.js';
import { checkErasures } from './erasures.js';
import { checkHeads } from './heads.js';
import { EXCLUDES, noticesOf } from './notices.js';
import { whatIsMissing } from './readers.js';
import { type Beside, checkReceipted, foreignReceipt } from './receipted.js';
import { checkRecordings, type RecordingFiles, recordingsIn } from './recordings.js';
import { checkTree } from './tree.js';
import { lateCosignatures, supersededRules } from './witnessed.js';

/** What a verifier needs of the machine it runs on. */
export interface VerifierTools {
  /** The crypto profile of this name, or null when this verifier has none. */
  readonly profileFor: (id: string) => CryptoProfile | null;
  readonly digests: Digests;
  /** The engines that this verifier can run. */
  readonly shelf: EngineShelf;
  /** What lies beside the archive, instead of what lies in it; null, or left out, where nothing was given. */
  readonly recordings?: RecordingFiles | null;
}

/**
 * The offline verifier: archive and trust in, report out. Reads nothing else, so the same bytes give the same report for ever. Blobs are
 * read from front to back, once for their hash and once more where a check asks what is in them: bids that were opened or thrown out, and
 * the list of candidates. `receipt`: what somebody was given for an act before the deadline, which the lock must have brought in.
 */
export async function verifyArchive(source: ByteSource, trust: Trust | null, tools: VerifierTools, receipt?: unknown): Promise<Report> {
  let archive: Archive;
  let hashes: Map<string, string>;
  try {
    archive = await readArchive(source);
    hashes = await hashBlobs(archive, tools.digests);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return unreadable(error.where, error.reason);
  }
  const container = new Findings('container', 'the file is the one form of its content, and every file in it has its form');
  container.good();
  const profile = tools.profileFor(archive.head.profile);
  checkHead(archive, trust, profile, tools.shelf, container);
  const { origin, size } = archive.head;
  if (profile === null || tools.shelf.find(archive.head.engine) === undefined)
    return conclude([container.result()], { origin, size, award: [], notices: [], missing: null });
  const beside = receipt === undefined ? null : readReceipt(receipt, trust, archive);
  if (beside !== null && 'verdict' in beside) return beside;
  return judge({ archive, trust, profile, tools, hashes, beside }, container.result());
}

interface Case {
  readonly archive: Archive;
  readonly trust: Trust | null;
  readonly profile: CryptoProfile;
  readonly tools: VerifierTools;
  /** What every blob really hashes to, by the name it bears. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly beside: Beside | null;
}

/** The report says why the file is no receipt of this lot. */
function readReceipt(file: unknown, trust: Trust | null, { head }: Archive): Beside | Report {
  const judged = verifyReceipt(file, trust);
  const read = zActReceipt.safeParse(file);
  if (judged.verdict === 'UNREADABLE' || !read.success) return judged;
  const foreign = foreignReceipt(read.data, head);
  return foreign === null ? { receipt: read.data, judged } : unreadable('receipt', foreign);
}

async function judge({ archive, trust, profile, tools, hashes, beside }: Case, container: CheckResult): Promise<Report> {
  const { shelf, digests } = tools;
  const { result: leaves, tree } = checkTree(archive, profile);
  const log = new LotJudge({ ...archive.head, profile, shelf, anchors: trust });
  const turns: Moment[] = [];
  let founded = log.run;
  /** Entries that put bids out and were decided again. */
  const again = new Set<number>();
  const visible = archive.entries.map((entry) => {
    const before = log.run;
    const seen = log.take(entry);
    if (before.size === 0) founded = log.run;
    if (EXCLUDES.test(seen.header.type) && log.latest.checks['decide'] === 'PASS') again.add(seen.header.seq);
    if (isTurn(seen)) turns.push({ before: before.state, entry: seen });
    return seen;
  });
  const { state } = log.run;
  const checkpoints = checkCheckpoints(archive, tree, profile, trust, witnessRules(state));
  const acts = checkActs(archive, visible, profile, checkpoints.platformHead, trust);
  const version = shelf.find(archive.head.engine)?.engine.version ?? '';
  const heads = checkHeads(archive, tree, profile, checkpoints.platformHead, version);
  const policy = new Findings('policy', 'witness policy and engine are those of the log');
  policy.check(archive.policy === state.setup.witnessPolicy, 'log/policy.txt', 'is not the policy of the log');
  policy.check(
    log.run.engine === archive.head.engine,
    'archive.json',
    () => `names ${archive.head.engine}, the log ends under ${log.run.engine}`,
  );
  const award = checkAward(state);
  const boxes = await checkBoxes(archive, state, profile, hashes);
  const recordings = await checkRecordings(archive.head.origin, visible, tools.recordings ?? recordingsIn(archive), digests);
  const checks = [
    container,
    ...log.results(),
    leaves,
    ...checkpoints.results,
    acts,
    ...(beside === null ? [] : [checkReceipted(beside, visible, profile)]),
    heads,
    checkErasures(archive, state),
    policy.result(),
    ...boxes.results,
    await checkDraw(archive, visible, turns, profile),
    ...recordings.results,
    award.result,
  ];
  return conclude(checks, {
    origin: archive.head.origin,
    size: archive.head.size,
    award: awardLines(state, award.rows, (party) => log.certificateOf(party)),
    notices: [
      ...supersededRules(archive, founded, checkpoints.witnessed),
      ...noticesOf(state, visible, { bids: boxes.retested, isDecidedAgain: (seq) => again.has(seq) }),
      ...lateCommitments(archive, state.setup.schedule?.deadline ?? null),
      ...lateCosignatures(archive, checkpoints.witnessed),
      ...recordings.notices,
    ],
    missing: whatIsMissing(archive, visible, log.run),
  });
}

function checkHead(archive: Archive, trust: Trust | null, profile: CryptoProfile | null, shelf: EngineShelf, findings: Findings): void {
  const { head } = archive;
  findings.check(
    head.origin === `${head.installation}/lot/${head.lot}/${head.round}`,
    'archive.json',
    'origin does not follow from installation, lot and round',
  );
  findings.check(
    head.size === archive.entries.length,
    'archive.json',
    () => `names ${head.size} entries, there are ${archive.entries.length}`,
  );
  findings.check(
    shelf.find(head.engine) !== undefined,
    'archive.json',
    () =>
      `this verifier has no engine ${head.engine} (it has ${shelf.all.map(({ id }) => id).join(', ')}): take the verifier of that release`,
  );
  findings.check(profile !== null, 'archive.json', () => `there is no crypto profile ${head.profile} here`);
  if (trust !== null)
    findings.check(
      trust.installation === head.installation,
      'archive.json',
      () => `is of the installation ${head.installation}, the trust file is for ${trust.installation}`,
    );
}
