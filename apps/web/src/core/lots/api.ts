import type { HttpClient } from '@app/client';
import {
  zEntryPage,
  zExpertCall,
  zHead,
  zLotSummary,
  zQuestion,
  zTask,
  type EntryPage,
  type ExpertCall,
  type Head,
  type LotSummary,
  type Question,
  type Task,
} from '@app/contracts';
import { z } from 'zod';

/** A lot of this installation; its log's origin follows from it. */
export interface LotName {
  readonly lot: string;
  readonly round: number;
}

const zLots = z.array(zLotSummary);
const at = ({ lot, round }: LotName, rest: string): string => `/api/lots/${encodeURIComponent(lot)}/${rest}round=${round}`;

/** 归档包 with what the asker may see. */
export const archivePath = (name: LotName): string => at(name, 'archive?');

export const fetchMyLots = (http: HttpClient): Promise<LotSummary[]> => http.get('/api/me/lots', zLots);
export const fetchMyCalls = (http: HttpClient): Promise<ExpertCall[]> => http.get('/api/me/calls', z.array(zExpertCall));
export const fetchMyTasks = (http: HttpClient): Promise<Task[]> => http.get('/api/me/tasks', z.array(zTask));
export const fetchPublicLots = (http: HttpClient): Promise<LotSummary[]> => http.get('/api/lots', zLots);
export const fetchEntries = (http: HttpClient, name: LotName, from: number, limit: number): Promise<EntryPage> =>
  http.get(at(name, `entries?from=${from}&limit=${limit}&`), zEntryPage);
export const fetchHead = (http: HttpClient, name: LotName): Promise<Head> => http.get(at(name, 'head?'), zHead);
/** 提疑 and 异议 about the document of a lot of ours, without who asked. */
export const fetchQuestions = (http: HttpClient, name: LotName): Promise<Question[]> => http.get(at(name, 'questions?'), zQuestion.array());
