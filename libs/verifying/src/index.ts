export type { Anchor } from './trust/anchors.js';
export { anchorsOf, otherAnchors, trustFingerprint } from './trust/anchors.js';
export { readTrustChange, signTrustChange, TrustFileError } from './trust/trust-file.js';
export { verifyArchive } from './archive/verify-archive.js';
export type { CheckResult, Fault, Verdict } from './findings.js';
export type { EntryOutcome, LotCase, Standing } from './judge/lot-judge.js';
export { LotJudge } from './judge/lot-judge.js';
export type { Report } from './report.js';
export { EXIT, unreadable } from './report.js';
