export * from './audience.js';
export * from './boxes.js';
export * from './commands.js';
export * from './content.js';
export * from './opening.js';
export * from './step.js';
