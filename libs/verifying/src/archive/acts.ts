import type { Archive, ArchivedAct, Trust } from '@app/archive';
import { canonicalText } from '@app/contracts';
import type { VisibleEntry } from '@app/contracts';
import type { RecordedAct } from '@app/evaluation';
import { readLockedActs } from '@app/evaluation';
import type { CheckpointNote } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { z } from 'zod';
import { EntryPlace, Findings } from '../findings.js';
import type { CheckResult } from '../findings.js';
import { opens } from '../judge/commitment.js';
import { ActSignatures } from './act-signatures.js';
import { checkPlatformEntry, COMMITS } from './platform-entry.js';

const LOCK = 'bidding.lock';
const ACTS_PART = 'x:acts';
const zBatch = z.object({ commitments: z.array(z.string()) });

interface Lock {
  /** Where the lock's acts stand; null: the lot is not locked. */
  readonly lock: EntryPlace | null;
  /** When it was locked; empty when it is not. */
  readonly at: string;
  /** The acts that it brought in; null when this reader does not see them, and when they have not the form of acts. */
  readonly acts: readonly RecordedAct[] | null;
  readonly isShown: boolean;
}

export function readLock(visible: readonly VisibleEntry[]): Lock {
  const entry = visible.find(({ header }) => header.type === LOCK);
  const text = entry?.parts[ACTS_PART];
  const lock = entry === undefined ? null : new EntryPlace(entry.header.seq, LOCK, ACTS_PART);
  return { lock, at: entry?.header.at ?? '', acts: text === undefined ? null : readLockedActs(text), isShown: text !== undefined };
}

/**
 * Acts before the deadline: each was committed to in the platform log before the lot was locked, signed by its bidder, and the
 * lock opened exactly these.
 */
export function checkActs(
  archive: Archive,
  visible: readonly VisibleEntry[],
  profile: CryptoProfile,
  platformHead: CheckpointNote | null,
  trust: Trust | null,
): CheckResult {
  const findings = new Findings('acts', 'every act before the deadline is signed, and was committed to in the platform log');
  const { lock, at, acts, isShown } = readLock(visible);
  if (lock === null || !isShown) {
    if (lock !== null) findings.hidden();
    findings.check(lock !== null || archive.acts.length === 0, 'platform/acts.ndjson', 'there are acts, but the lot was never locked');
    return findings.result();
  }
  if (acts === null) {
    findings.fail(lock, 'is no list of acts');
    return findings.result();
  }
  findings.check(
    acts.length === archive.acts.length,
    'platform/acts.ndjson',
    () => `has ${archive.acts.length} lines, the lock opened ${acts.length} acts`,
  );
  const signatures = new ActSignatures(profile, trust, archive.head.installation, findings);
  acts.forEach((act, index) => {
    const where = `platform/acts.ndjson line ${index + 1}`;
    signatures.check(act, `act ${act.command.id}`);
    const line = archive.acts[index];
    if (line === undefined) return;
    checkPlace(act, line, profile, platformHead, where, findings);
    findings.check(line.header.at <= at, where, () => `was committed to at ${line.header.at}, after the lock at ${at}`);
  });
  return findings.result();
}

/**
 * Whether the platform log committed to acts only after the deadline, as it may: between it and the lock. How late the last of them was
 * shows how long the main venue alone knew of an act that was received in time.
 */
export function lateCommitments({ acts }: Archive, deadline: string | null): string[] {
  const late = acts.map(({ header }) => header.at).filter((at) => deadline !== null && at > deadline);
  const last = late.sort().at(-1);
  if (deadline === null || last === undefined) return [];
  const seconds = (Date.parse(last) - Date.parse(deadline)) / 1_000;
  return [
    `committed to after the deadline 截止后入日志: ${late.length} of ${acts.length} acts, the last ${seconds.toFixed(3)} s after it; that they were received before is the main venue's word`,
  ];
}

function checkPlace(
  act: RecordedAct,
  line: ArchivedAct,
  profile: CryptoProfile,
  platformHead: CheckpointNote | null,
  where: string,
  findings: Findings,
): void {
  const { platform, ...content } = act;
  const { commitment } = line;
  const isCommitted = opens({ salt: platform.salt, text: canonicalText(content) }, commitment, profile);
  findings.check(isCommitted, where, 'is not the commitment of the act that the lock opened');
  findings.check(line.batch === platform.seq && line.index === platform.index, where, 'names another place than the lock');
  checkCommitment(line, profile, platformHead, where, findings);
}

/** Stands this commitment at this place of a platform entry under the head? */
export function checkCommitment(
  line: ArchivedAct,
  profile: CryptoProfile,
  platformHead: CheckpointNote | null,
  where: string,
  findings: Findings,
): void {
  const said = checkPlatformEntry(line, COMMITS, profile, platformHead, where, findings);
  if (said === null) return;
  const read = zBatch.safeParse(said);
  findings.check(
    read.success && read.data.commitments[line.index] === line.commitment,
    where,
    'the platform entry does not list the commitment at this place',
  );
}
