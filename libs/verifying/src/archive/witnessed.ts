import type { Archive } from '@app/archive';
import type { LotRun } from '@app/evaluation';
import type { Witnessed } from './checkpoints.js';

/** A quorum that comes later than this after the newest entry under its head came late: witnesses answer within seconds. */
const COSIGNED_LATE_MS = 60_000;

/**
 * Where witnesses saw entries long after they were written: for so long nothing but the main venue's word says that these stood there.
 * `witnessed`: heads of this log with their quorum, the smallest first.
 */
export function lateCosignatures({ entries }: Pick<Archive, 'entries'>, witnessed: readonly Witnessed[]): string[] {
  const late = witnessed
    .map(({ size, atMs }) => ({ size, lateMs: atMs - Date.parse(entries[size - 1]?.header.at ?? '') }))
    .filter(({ lateMs }) => lateMs > COSIGNED_LATE_MS);
  const worst = [...late].sort((a, b) => b.lateMs - a.lateMs)[0];
  if (worst === undefined) return [];
  return [
    `cosigned late 见证迟签: ${late.length} of ${witnessed.length} heads, the head of ${worst.size} entries ${Math.round(worst.lateMs / 1_000)} s after its newest entry was written; that it stood there before is the main venue's word`,
  ];
}

/**
 * What a lot is that was founded under rules which a later release superseded: `founded` is the lot after its first entry. That its time is
 * what the first entry says, witnesses show only from the first head on that they saw.
 */
export function supersededRules({ entries }: Pick<Archive, 'entries'>, founded: LotRun, witnessed: readonly Witnessed[]): string[] {
  const until = founded.foundedUntil;
  const [first] = witnessed;
  if (until === null || founded.size === 0 || first === undefined) return [];
  const seen = new Date(first.atMs).toISOString();
  const word = seen > until ? "; that it was founded before is the main venue's word" : '';
  return [
    `founded under superseded rules 旧版规则: ${founded.engine}, which founds lots until ${until}, on ${entries[0]?.header.at ?? ''}; first witnessed ${seen}${word}`,
  ];
}
