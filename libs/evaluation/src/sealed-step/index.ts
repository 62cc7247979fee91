export * from './boxes.js';
export * from './step.js';
