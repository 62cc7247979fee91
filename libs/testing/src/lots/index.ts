export { type LotPlan, type PlannedBid, rulesBefore } from './lot-plan.js';
export * from './tv-e2e-01.js';
export * from './tv-e2e-02.js';
