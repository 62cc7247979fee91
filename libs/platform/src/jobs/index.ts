export { JOB_EXTENSION, JobBook, jobId } from './job-book.js';
export type { JobFailure, JobRow } from './job-book.js';
export { Job, jobOf, JobProcessor, markJob } from './job.decorator.js';
export * from './jobs.module.js';
export { JobsService } from './jobs.service.js';
export * from './jobs.types.js';
