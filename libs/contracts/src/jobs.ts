import { z } from 'zod';
import type { JsonValue } from './json.js';
import { zInstant, zUuid } from './json.js';

const zOrigin = z.string().min(1).max(400);

/**
 * Every kind of work that is a row and not an entry: its name (`noun:verb`) and what it is told. Each has exactly one processor,
 * which is checked when the main venue starts. A payload names things by id or hash and holds no personal data.
 */
export const JOBS = {
  /** A limit of the lot is reached: ask its rules what the main venue owes now. */
  'lot:wake': z.strictObject({ origin: zOrigin }),
  /**
   * It is a drawn expert's turn: call them and record the outcome. Rows of an earlier release name them; whose turn it is the list says.
   */
  'expert:contact': z.object({ origin: zOrigin }),
  /** A list of the registry was handed in: take it in, or go on with it. */
  'registry:import': z.strictObject({ list: zUuid }),
} as const;

type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]>;

/** `WAITING`: for its time or its next attempt. `DEAD`: given up; somebody has to look and try it again or leave it. */
export const JOB_STATES = ['WAITING', 'RUNNING', 'DONE', 'DEAD'] as const;

/** How far a long job is. `total` is null while it is not known; `report` is what the job says of itself, of its own form. */
export const zJobProgress = z.strictObject({
  done: z.int().min(0),
  total: z.int().min(0).nullable(),
  report: z.json().optional(),
});
export interface JobProgress {
  readonly done: number;
  readonly total: number | null;
  readonly report?: JsonValue;
}

/** A job as an operator sees it. What it was told stays inside. */
export const zJobView = z.object({
  id: zUuid,
  name: z.string(),
  key: z.string(),
  state: z.enum(JOB_STATES),
  attempts: z.int(),
  wantedAt: zInstant,
  /** When it is due, or was due last. */
  runAt: zInstant,
  doneAt: zInstant.nullable(),
  /** A code of `ERROR_CODES` and a sentence on the last failure; null when there was none, or when it is done. */
  code: z.string().nullable(),
  error: z.string().nullable(),
  progress: zJobProgress.nullable(),
});
export type JobView = z.infer<typeof zJobView>;

const zQueueView = z.object({
  name: z.string(),
  waiting: z.int(),
  running: z.int(),
  dead: z.int(),
  /** Last sign of life of its workers; null when there never was one. */
  signAt: zInstant.nullable(),
  isSilent: z.boolean(),
});
export type QueueView = z.infer<typeof zQueueView>;

const JOB_PAGE_MAX = 200;
/** `GET /api/jobs`: newest first. `before` is the `next` of the page before. */
export const zJobQuery = z.strictObject({
  state: z.enum(JOB_STATES).optional(),
  name: z.string().max(80).optional(),
  before: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(JOB_PAGE_MAX).default(50),
});
export type JobQuery = z.infer<typeof zJobQuery>;
export const zJobPage = z.object({ queues: z.array(zQueueView), jobs: z.array(zJobView), next: z.string().nullable() });
export type JobPage = z.infer<typeof zJobPage>;
