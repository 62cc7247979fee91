import type { PlatformEntry } from '@app/archive';
import type { JsonObject } from '@app/contracts';
import { fromHex, parseCanonical, zCommandPart } from '@app/contracts';
import type { CheckpointNote } from '@app/ledger';
import { headerLeaf, TreeHasher, verifyInclusion } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import type { Findings } from '../findings.js';
import { opens } from '../judge/commitment.js';

/** The entries that commit to acts and to heads of lots. */
export const COMMITS = 'platform.commit-acts';

/**
 * What an entry of the platform log says, once it is shown to stand there: it is of this type, its part fits its header, and the header is
 * under the head. Null when it does not. What its part `command` does not hold is left out.
 */
export function checkPlatformEntry(
  line: PlatformEntry,
  type: string,
  profile: CryptoProfile,
  platformHead: CheckpointNote | null,
  where: string,
  findings: Findings,
): JsonObject | null {
  if (!findings.check(line.header.type === type, where, () => `the platform entry is a ${line.header.type}, no ${type}`)) return null;
  const fits = opens(line.opening, line.header.parts['command'], profile) && line.header.seq === line.batch;
  if (!findings.check(fits, where, "the platform entry's part command does not fit its header, or the number is another")) return null;
  if (platformHead === null) {
    findings.fail(where, 'there is no head of the platform log to compare with');
    return null;
  }
  const hasher = new TreeHasher(profile.hash);
  const { size, root } = platformHead.checkpoint;
  const claim = { index: line.batch, size, leafHash: headerLeaf(hasher, line.header), root };
  const stands = verifyInclusion(hasher, claim, line.path.map(fromHex));
  if (!findings.check(stands, where, 'the platform entry is not under the signed head of the platform log')) return null;
  return publicOf(line.opening.text);
}

function publicOf(text: string): JsonObject {
  try {
    const part = zCommandPart.safeParse(parseCanonical(text));
    return part.success ? part.data.command.public : {};
  } catch {
    return {};
  }
}
