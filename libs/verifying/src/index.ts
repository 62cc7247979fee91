export { verifyArchive } from './archive/verify-archive.js';
export type { CheckResult } from './findings.js';
export type { LotCase, Standing } from './judge/lot-judge.js';
export { LotJudge } from './judge/lot-judge.js';
export type { Report } from './report.js';
export { EXIT, unreadable } from './report.js';
