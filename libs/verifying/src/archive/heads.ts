import type { Archive, ArchivedHead } from '@app/archive';
import { fromHex, toHex } from '@app/contracts';
import type { CheckpointNote, MerkleTree } from '@app/ledger';
import { headText, TreeHasher, verifyHeadBranch } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { z } from 'zod';
import type { CheckResult } from '../findings.js';
import { Findings } from '../findings.js';
import { checkPlatformEntry, COMMITS } from './platform-entry.js';

const FILE = 'platform/heads.ndjson';
/** Engines whose lots have archives from before platform logs committed to heads. */
const BEFORE_HEADS: ReadonlySet<string> = new Set(['0.1.0', '0.2.0']);
const zBatch = z.object({ heads: z.object({ seed: z.string(), root: z.string() }) });
const HASH = /^[0-9a-f]{64}$/;

/**
 * Heads of the lot in the platform log, which is one for everybody: each is a beginning of this log, they stand in order, none is left out
 * between them, and each is at the lot's one place under the root that a platform entry bears. `version`: of the engine in force.
 */
export function checkHeads(
  archive: Archive,
  tree: MerkleTree,
  profile: CryptoProfile,
  platformHead: CheckpointNote | null,
  version: string,
): CheckResult {
  const findings = new Findings('heads', 'the heads of this log stood in the platform log, in order and without a gap');
  if (archive.heads.length === 0) {
    findings.note('not carried: nothing here says that the platform log ever held a head of this lot');
    if (!BEFORE_HEADS.has(version)) findings.hidden();
    return findings.result();
  }
  let before: ArchivedHead | null = null;
  for (const [index, line] of archive.heads.entries()) {
    const where = `${FILE} line ${index + 1}`;
    checkBeginning(line, tree, where, findings);
    checkOrder(line, before, index === archive.heads.length - 1, where, findings);
    checkStanding(line, archive.head.origin, profile, platformHead, where, findings);
    before = line;
  }
  findings.note(
    `the newest is of ${before?.size ?? 0} of ${tree.size} entries, in platform entry ${before?.batch ?? 0} of ${before?.header.at ?? ''}`,
  );
  return findings.result();
}

function checkBeginning({ size, root, batch }: ArchivedHead, tree: MerkleTree, where: string, findings: Findings): void {
  const isHere = size <= tree.size;
  if (!findings.check(isHere, where, () => `platform entry ${batch} committed to ${size} entries of this log, there are ${tree.size}`))
    return;
  const own = toHex(tree.root(size));
  findings.check(
    root === own,
    where,
    () => `platform entry ${batch} committed to root ${root} over the first ${size} entries; the root over these here is ${own}`,
  );
}

/** Only the last line may be of as many entries as the one before it: that the log had not grown by then. */
function checkOrder(line: ArchivedHead, before: ArchivedHead | null, isLast: boolean, where: string, findings: Findings): void {
  const { size, batch, previous } = line;
  const isLater = before === null || (batch > before.batch && (size > before.size || (isLast && size === before.size)));
  findings.check(
    isLater,
    where,
    () => `${size} entries in platform entry ${batch} come after ${before?.size ?? 0} entries in platform entry ${before?.batch ?? 0}`,
  );
  const named = (entry: number | null): string => (entry === null ? 'no platform entry' : `platform entry ${entry}`);
  const expected = before?.batch ?? null;
  findings.check(
    previous === expected,
    where,
    () =>
      `says that the head before it is in ${named(previous)}, the line before it is in ${named(expected)}: one is left out, or of another history`,
  );
}

function checkStanding(
  line: ArchivedHead,
  origin: string,
  profile: CryptoProfile,
  platformHead: CheckpointNote | null,
  where: string,
  findings: Findings,
): void {
  const said = checkPlatformEntry(line, COMMITS, profile, platformHead, where, findings);
  if (said === null) return;
  const read = zBatch.safeParse(said);
  const heads = read.success && HASH.test(read.data.heads.seed) && HASH.test(read.data.heads.root) ? read.data.heads : null;
  findings.check(heads !== null && isUnder(line, heads, origin, profile), where, () =>
    heads === null
      ? `platform entry ${line.batch} bears no root over heads`
      : `is not at the place of this lot under the root of platform entry ${line.batch}`,
  );
}

function isUnder(line: ArchivedHead, heads: { seed: string; root: string }, origin: string, profile: CryptoProfile): boolean {
  const committed = commitmentOf(line, origin, profile);
  if (committed === null) return false;
  const root = { seed: fromHex(heads.seed), root: fromHex(heads.root) };
  return verifyHeadBranch(profile.hash, new TreeHasher(profile.hash), root, { origin, commitment: committed }, line.branch.map(fromHex));
}

/** Null when the salt is no byte string of its length. */
function commitmentOf({ size, root, previous, salt }: ArchivedHead, origin: string, profile: CryptoProfile): Uint8Array | null {
  try {
    return fromHex(profile.commitment(salt, headText({ origin, size, root, previous })));
  } catch {
    return null;
  }
}
