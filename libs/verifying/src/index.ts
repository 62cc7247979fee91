export type { VerifierTools } from './archive/verify-archive.js';
export { verifyArchive } from './archive/verify-archive.js';
export type { CheckResult, Verdict, Wrong } from './findings.js';
export type { JudgedEntry, LotCase } from './judge/lot-judge.js';
export { LotJudge } from './judge/lot-judge.js';
export type { Outcome, Report } from './report.js';
export { EXIT, unreadable } from './report.js';
