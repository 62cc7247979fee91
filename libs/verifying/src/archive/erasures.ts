import type { Archive } from '@app/archive';
import type { LotState } from '@app/evaluation';
import { erasedBy } from '@app/evaluation';
import type { CheckResult } from '../findings.js';
import { EntryPlace, Findings } from '../findings.js';

/**
 * An archive may leave out a part as erased only on the word of a later entry of the same log (个人信息保护法 47): else whoever makes
 * archives could take out what does not suit him and give the law for it. `state` has folded the whole log.
 */
export function checkErasures(archive: Archive, state: LotState): CheckResult {
  const findings = new Findings('erasures', 'every part that is said to be erased was ordered to be by a later entry');
  for (const [index, { header, erased }] of archive.entries.entries())
    for (const name of erased)
      findings.check(
        erasedBy(state, header.seq, name) !== null,
        new EntryPlace(index, header.type, name),
        'no entry of the log orders it to be erased',
      );
  return findings.result();
}
