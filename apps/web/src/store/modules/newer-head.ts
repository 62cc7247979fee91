import type { Head } from '@app/contracts';

export const hasQuorum = (head: Head): boolean => head.cosigned.length >= head.quorum;

/**
 * The checkpoint to show and to verify under. A log is signed first and cosigned a moment later, so a newer head takes over when it
 * has its quorum; until then the witnessed one stands. Without any witnessed head the newest is shown, and says that it is short.
 */
export function newerHead(known: Head | null, told: Head): Head {
  if (known?.origin !== told.origin) return told;
  if (hasQuorum(known) && !hasQuorum(told)) return known;
  if (hasQuorum(told) && !hasQuorum(known)) return told;
  if (told.size === known.size) return told.cosigned.length >= known.cosigned.length ? told : known;
  return told.size > known.size ? told : known;
}
