import type { Archive } from '@app/archive';
import { CanonicalError, parseCanonical } from '@app/contracts';
import type { JsonValue, VisibleEntry } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import { Findings } from '../report.js';
import type { CheckResult } from '../report.js';

/** Numbers, times and parts of every entry; gives the entries with the parts that fit their commitments. */
export function checkEntries(archive: Archive, profile: CryptoProfile): { results: CheckResult[]; visible: VisibleEntry[] } {
  const order = new Findings('order', 'entries are numbered from 0 and never go back in time');
  const parts = new Findings('parts', 'every part fits the commitment in its header');
  let last = '';
  const visible = archive.entries.map((entry, index) => {
    const where = `entry ${index}`;
    order.check(entry.header.seq === index, where, () => `is numbered ${entry.header.seq}`);
    order.check(entry.header.at >= last, where, () => `${entry.header.at} is before ${last}`);
    last = entry.header.at;
    return { header: entry.header, parts: checkParts(entry, where, profile, parts) };
  });
  order.check(
    archive.head.size === archive.entries.length,
    'archive.json',
    () => `names ${archive.head.size} entries, there are ${archive.entries.length}`,
  );
  return { results: [order.result(), parts.result()], visible };
}

function checkParts(
  entry: Archive['entries'][number],
  where: string,
  profile: CryptoProfile,
  findings: Findings,
): Record<string, JsonValue> {
  const out: Record<string, JsonValue> = {};
  for (const [name, commitment] of Object.entries(entry.header.parts)) {
    const opening = Object.hasOwn(entry.parts, name) ? entry.parts[name] : undefined;
    if (opening === undefined) {
      if (entry.erased.includes(name)) findings.erased();
      else findings.hidden();
      continue;
    }
    const at = `${where}, part ${name}`;
    if (!findings.check(profile.commitment(opening.salt, opening.text) === commitment, at, 'salt and text do not give the commitment'))
      continue;
    const value = readCanonical(opening.text, at, findings);
    if (value !== undefined) out[name] = value;
  }
  for (const name of [...Object.keys(entry.parts), ...entry.erased]) {
    if (!Object.hasOwn(entry.header.parts, name)) findings.fail(`${where}, part ${name}`, 'the header names no such part');
  }
  const sorted = [...new Set(entry.erased)].sort();
  if (sorted.join() !== entry.erased.join() || sorted.some((name) => Object.hasOwn(entry.parts, name))) {
    findings.fail(where, 'the list of erased parts is not sorted, repeats a name or names a part that is here');
  }
  return out;
}

function readCanonical(text: string, at: string, findings: Findings): JsonValue | undefined {
  try {
    return parseCanonical(text);
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    findings.fail(at, error.message);
    return undefined;
  }
}
