import { spanOf } from '../../../utils/time.js';

const pad = (value: number): string => String(value).padStart(2, '0');

/** Time left as a clock shows it, each second another: days (0: not shown) and `02:05:09`. */
export function clockFace(leftMs: number): { readonly days: number; readonly time: string } {
  const { days, hours, minutes, seconds } = spanOf(leftMs);
  return { days, time: [hours, minutes, seconds].map(pad).join(':') };
}

/** Seconds left at which a screen reader is told; each second would drown everything else. */
const TOLD_SECONDS = [3_600, 1_800, 600, 300, 60, 30, 10] as const;

/** The mark that was passed last, in seconds; 0 when the time is over, null before the first one. */
export function toldMark(leftMs: number): number | null {
  if (leftMs <= 0) return 0;
  return TOLD_SECONDS.reduce<number | null>((passed, mark) => (leftMs <= mark * 1_000 ? mark : passed), null);
}
