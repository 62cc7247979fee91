import { zEntryPage, zHead, zLotSummary, type EntryPage, type Head, type LotSummary } from '@app/contracts';
import { z } from 'zod';
import { get } from '../request/http.js';

const zLots = z.array(zLotSummary);
const at = (lot: string, round: number, rest: string): string => `/api/lots/${encodeURIComponent(lot)}/${rest}round=${round}`;

export const fetchMyLots = (): Promise<LotSummary[]> => get('/api/me/lots', zLots);
export const fetchPublicLots = (): Promise<LotSummary[]> => get('/api/lots', zLots);
export const fetchEntries = (lot: string, round: number, from: number, limit: number): Promise<EntryPage> =>
  get(at(lot, round, `entries?from=${from}&limit=${limit}&`), zEntryPage);
export const fetchHead = (lot: string, round: number): Promise<Head> => get(at(lot, round, 'head?'), zHead);
