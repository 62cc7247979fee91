export * from './chair-election.js';
export * from './commands.js';
export { zExcused, zReopened, zStepOpened } from './events.js';
export * from './guards.js';
export { isAttested, isVouchedFor, lotKeyFault } from './lot-keys.js';
export * from './members.js';
export * from './sheets.js';
export * from './state.js';
export * from './steps.js';
