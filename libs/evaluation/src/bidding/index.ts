export * from './act-book.js';
export * from './acts.js';
export * from './capital-amount.js';
export * from './commands.js';
export { toldList } from './list.js';
export * from './opening-sheet.js';
export { storedBytes } from './padding.js';
export * from './selectors.js';
export * from './state.js';
