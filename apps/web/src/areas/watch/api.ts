import type { HttpClient } from '@app/client';
import { RequestError } from '@app/client';
import { type AccessEntry, type Looked, type SignedCommand, zAccessPage, zLooked } from '@app/contracts';
import type { LotName } from '../../core/lots/api.js';

/** A large segment over a slow line needs more time than other requests. */
const FILE_TIMEOUT_MS = 120_000;
/** Pages of an access log that are read at most: nobody reads more on a screen. */
const ACCESS_PAGES_MAX = 50;

const at = ({ lot, round }: LotName, rest: string): string => `/api/lots/${encodeURIComponent(lot)}/${rest}round=${round}`;

/** Null while it has not come to the main venue. */
async function fileOr404(http: HttpClient, path: string): Promise<Uint8Array | null> {
  try {
    return await http.download(path, FILE_TIMEOUT_MS);
  } catch (error) {
    if (error instanceof RequestError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
export const fetchLanding = (http: HttpClient, name: LotName, hash: string): Promise<Uint8Array | null> =>
  fileOr404(http, at(name, `recordings/landings/${hash}?`));
/** Ciphertext of a segment. */
export const fetchSegment = (http: HttpClient, name: LotName, hash: string): Promise<Uint8Array | null> =>
  fileOr404(http, at(name, `recordings/segments/${hash}?`));

export const sendAccess = (http: HttpClient, name: LotName, signed: SignedCommand): Promise<Looked> =>
  http.post(at(name, 'access?'), { ...signed }, zLooked);

/** 查阅日志, oldest first. */
export async function fetchAccess(http: HttpClient, name: LotName): Promise<AccessEntry[]> {
  const entries: AccessEntry[] = [];
  for (let from: number | null = 0, pages = 0; from !== null && pages < ACCESS_PAGES_MAX; pages += 1) {
    const page: { entries: AccessEntry[]; next: number | null } = await http.get(at(name, `access?from=${from}&`), zAccessPage);
    entries.push(...page.entries);
    from = page.next;
  }
  return entries;
}
