import type { HttpClient } from '@app/client';
import { type FoundingPeople, type FoundingSide, type FoundingVenue, zFoundingPeople, zFoundingVenue } from '@app/contracts';

const BASE = '/api/founding';

/** Whom a founder of lots may name (`libs/contracts/src/founding-api.ts`). `after`: the `next` of the page before. */
export function findPeople(http: HttpClient, side: FoundingSide, q: string, after: string | null): Promise<FoundingPeople> {
  const query = new URLSearchParams({ side, ...(q === '' ? {} : { q }), ...(after === null ? {} : { after }) });
  return http.get(`${BASE}/people?${query.toString()}`, zFoundingPeople);
}
export const fetchFoundingVenues = (http: HttpClient): Promise<FoundingVenue[]> => http.get(`${BASE}/venues`, zFoundingVenue.array());
