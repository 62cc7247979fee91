import type { Archive, Digests, Trust } from '@app/archive';
import { ArchiveError, hashBlobs, readArchive } from '@app/archive';
import type { EngineShelf } from '@app/evaluation';
import type { ByteSource, CryptoProfile } from '@app/sealing';
import { checkActs } from './checks/acts.js';
import { awardLines, checkAward } from './checks/award.js';
import { checkBoxes } from './checks/boxes.js';
import { checkCheckpoints } from './checks/checkpoints.js';
import { checkEntries } from './checks/entries.js';
import { checkErasures } from './checks/erasures.js';
import { checkReplay } from './checks/replay.js';
import { checkSignatures } from './checks/signatures.js';
import { checkTree } from './checks/tree.js';
import type { CheckResult, Report } from './report.js';
import { Findings, LIMITS } from './report.js';

/** What a verifier needs of the machine it runs on. */
export interface VerifierTools {
  /** The crypto profile of this name, or null when this verifier has none. */
  readonly profileFor: (id: string) => CryptoProfile | null;
  readonly digests: Digests;
  /** The engines that this verifier can run. */
  readonly shelf: EngineShelf;
}

/**
 * The offline verifier: archive and trust in, report out. Reads nothing else, so the same bytes give the same report for ever. Blobs are
 * read from front to back, once for their hash and once more where a bid was opened.
 */
export async function verifyArchive(source: ByteSource, trust: Trust | null, tools: VerifierTools): Promise<Report> {
  const container = new Findings('container', 'the file is the one form of its content, and every file in it has its form');
  let archive: Archive;
  let hashes: Map<string, string>;
  try {
    archive = await readArchive(source);
    hashes = await hashBlobs(archive, tools.digests);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    container.fail(error.where, error.message);
    return conclude([container.result()], null, []);
  }
  container.good();
  const profile = tools.profileFor(archive.head.profile);
  checkHead(archive, trust, profile, tools.shelf, container);
  if (profile === null || tools.shelf.find(archive.head.engine) === undefined) return conclude([container.result()], archive, []);
  return conclude(...(await judge({ archive, trust, profile, shelf: tools.shelf, hashes }, container.result())));
}

interface Case {
  readonly archive: Archive;
  readonly trust: Trust | null;
  readonly profile: CryptoProfile;
  readonly shelf: EngineShelf;
  /** What every blob really hashes to, by the name it bears. */
  readonly hashes: ReadonlyMap<string, string>;
}

async function judge(
  { archive, trust, profile, shelf, hashes }: Case,
  container: CheckResult,
): Promise<[CheckResult[], Archive, string[]]> {
  const entries = checkEntries(archive, profile);
  const { result: leaves, tree } = checkTree(archive, profile);
  const checkpoints = checkCheckpoints(archive, tree, profile, trust);
  const signatures = checkSignatures(archive, entries.visible, profile, trust);
  const acts = checkActs(archive, entries.visible, profile, checkpoints.platformHead, trust);
  const replay = checkReplay(archive, entries.visible, shelf);
  const policy = new Findings('policy', 'the witness policy is the one that the lot froze');
  policy.check(archive.policy === replay.state.setup.witnessPolicy, 'log/policy.txt', 'is not the policy of the log');
  const boxes = await checkBoxes(archive, replay.state, profile, hashes);
  const award = checkAward(replay.state);
  const results = [
    container,
    ...entries.results,
    leaves,
    ...checkpoints.results,
    ...signatures,
    acts,
    ...replay.results,
    checkErasures(archive, replay.state),
    policy.result(),
    ...boxes,
    award,
  ];
  return [results, archive, awardLines(replay.state)];
}

function checkHead(archive: Archive, trust: Trust | null, profile: CryptoProfile | null, shelf: EngineShelf, findings: Findings): void {
  const { head } = archive;
  findings.check(
    head.origin === `${head.installation}/lot/${head.lot}/${head.round}`,
    'archive.json',
    'origin does not follow from installation, lot and round',
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

function conclude(checks: CheckResult[], archive: Archive | null, award: string[]): Report {
  const first = checks.find((check) => check.first !== null)?.first ?? null;
  const unauthenticated = checks.some((check) => check.verdict === 'NOT AUTHENTICATED');
  const verdict = first !== null ? 'FAIL' : unauthenticated ? 'CONSISTENT, NOT AUTHENTICATED' : 'PASS';
  const exit = first !== null ? 1 : unauthenticated ? 2 : 0;
  return { verdict, exit, origin: archive?.head.origin ?? null, size: archive?.head.size ?? 0, checks, award, first, limits: LIMITS };
}
