export { type Candidate, type DrawPlan, type DrawSlot, type Pool, type Turn, zMappingKey, zPerson } from './commands.js';
export * from './matching.js';
export * from './order.js';
export { openPlaces, openSlots, plannedSlots, sealedName, wantedNames, wantedPlaces } from './places.js';
export * from './pool.js';
export * from './selectors.js';
export * from './state.js';
export * from './walk.js';
