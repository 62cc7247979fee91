/** Instants as the law's clock shows them: Beijing time (UTC+8, no daylight saving since 1992). */

const BEIJING_OFFSET_MS = 8 * 3_600_000;
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** Epoch milliseconds → `2026-03-24 09:30:00`. */
export function beijingTime(epochMs: number): string {
  const shifted = new Date(epochMs + BEIJING_OFFSET_MS);
  const date = `${pad(shifted.getUTCFullYear(), 4)}-${pad(shifted.getUTCMonth() + 1)}-${pad(shifted.getUTCDate())}`;
  return `${date} ${pad(shifted.getUTCHours())}:${pad(shifted.getUTCMinutes())}:${pad(shifted.getUTCSeconds())}`;
}

/** Day of the week in Beijing, 0 for Sunday. */
export const beijingWeekday = (epochMs: number): number => new Date(epochMs + BEIJING_OFFSET_MS).getUTCDay();

/** A wire instant as Beijing time; an unreadable one as it stands. */
export function beijingInstant(instant: string): string {
  const epochMs = Date.parse(instant);
  return Number.isNaN(epochMs) ? instant : beijingTime(epochMs);
}

/** Beijing time as a `datetime-local` field writes it (`2026-03-24T09:30`) → wire instant; empty for what is no time. */
export function instantOf(local: string): string {
  const epochMs = Date.parse(`${local}+08:00`);
  return local === '' || Number.isNaN(epochMs) ? '' : new Date(epochMs).toISOString();
}

/** A wire instant as such a field takes it: whole minutes, the next one where seconds are left. */
export function localOf(instant: string): string {
  const minutes = Math.ceil(Date.parse(instant) / 60_000);
  return Number.isNaN(minutes)
    ? ''
    : beijingTime(minutes * 60_000)
        .slice(0, 16)
        .replace(' ', 'T');
}

export interface Span {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Whole seconds of a duration, split. Rounds up, so that a countdown reads 0 only when the limit is reached. */
export function spanOf(durationMs: number): Span {
  const total = Math.max(0, Math.ceil(durationMs / 1000));
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor((total % 86_400) / 3_600),
    minutes: Math.floor((total % 3_600) / 60),
    seconds: total % 60,
  };
}
