/** What the sheet asks the reader to show. A new object each time, also for the same place. */
export interface Look {
  readonly bidder: string;
  readonly item: string;
  /** What is searched for where no page is noted. */
  readonly title: string;
}
/** A page of a part that a member noted for a criterion of a bidder. */
interface NotedPage {
  readonly part: string;
  readonly page: number;
}
/** Noted pages by {@link placeKey}. */
export type NotedPages = Readonly<Record<string, NotedPage>>;
/** Notes of a member by {@link noteKey}. */
export type Notes = Readonly<Record<string, string>>;

export const NOTE_SIZE_MAX = 2_000;
export const placeKey = (bidder: string, item: string): string => `${bidder}/${item}`;
export const noteKey = (bidder: string, part: string, page: number): string => `${bidder}/${part}/${page}`;

/** A record without what is empty by now. */
export function withEntry<T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Readonly<Record<string, T>> {
  const others = Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
  return value === null ? others : { ...others, [key]: value };
}

/** The notes of one bid in the order of its parts and pages. */
export function notesOf(notes: Notes, bidder: string): { readonly part: string; readonly page: number; readonly text: string }[] {
  return Object.entries(notes)
    .flatMap(([key, text]) => {
      const [of = '', part = '', page = ''] = key.split('/');
      return of === bidder ? [{ part, page: Number(page), text }] : [];
    })
    .sort((a, b) => (a.part === b.part ? a.page - b.page : a.part < b.part ? -1 : 1));
}

/** Steps of the zoom; 0 is as wide as the room. */
export const ZOOMS = [0, 0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;
/** The next larger or smaller zoom; from the width of the room to 100 % and back. */
export function zoomed(zoom: number, step: 1 | -1): number {
  const fixed = ZOOMS.filter((one) => one > 0);
  if (zoom === 0) return step === 1 ? 1.25 : 0.75;
  const at = fixed.findIndex((one) => one >= zoom);
  return fixed[Math.min(fixed.length - 1, Math.max(0, at + step))] ?? zoom;
}
