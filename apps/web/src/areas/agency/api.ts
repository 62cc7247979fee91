import type { HttpClient } from '@app/client';
import {
  type CalendarYear,
  type FoundingPeople,
  type FoundingSide,
  type FoundingVenue,
  zFoundingPeople,
  zFoundingVenue,
  zRegisteredYear,
} from '@app/contracts';
import { type ImportedLot, type ImportedLotPage, zImportedLot, zImportedLotPage } from '@app/evaluation';

const BASE = '/api/founding';

/** Whom a founder of lots may name (`libs/contracts/src/founding-api.ts`). `after`: the `next` of the page before. */
export function findPeople(http: HttpClient, side: FoundingSide, q: string, after: string | null): Promise<FoundingPeople> {
  const query = new URLSearchParams({ side, ...(q === '' ? {} : { q }), ...(after === null ? {} : { after }) });
  return http.get(`${BASE}/people?${query.toString()}`, zFoundingPeople);
}
/** What upstream platforms handed over to my organisation (`docs/import.md`): a page, and one of them whole. */
export const fetchImports = (http: HttpClient, after: string | null): Promise<ImportedLotPage> =>
  http.get(`${BASE}/imports${after === null ? '' : `?after=${after}`}`, zImportedLotPage);
export const fetchImport = (http: HttpClient, lot: string): Promise<ImportedLot> => http.get(`${BASE}/imports/${lot}`, zImportedLot);
export const fetchFoundingVenues = (http: HttpClient): Promise<FoundingVenue[]> => http.get(`${BASE}/venues`, zFoundingVenue.array());
/** Rest days of the years after those of the release. */
export const fetchCalendar = async (http: HttpClient): Promise<CalendarYear[]> =>
  (await http.get('/api/registry/calendar', zRegisteredYear.array())).map(({ decree }) => decree);
