import type { Slice } from '../kernel/slice.js';
import { closingCommands } from './closing.js';
import { decryptionCommands } from './decryption.js';
import { drawCommands } from './draw.js';
import { openingEvents } from './evolve.js';
import { sessionCommands } from './session.js';

/** 不见面开标: the session from the start to the signed record. */
export const openingSlice: Slice = {
  name: 'opening',
  commands: { ...sessionCommands, ...decryptionCommands, ...drawCommands, ...closingCommands },
  events: openingEvents,
};
export * from './coefficient.js';
export * from './commands.js';
export * from './record.js';
export * from './selectors.js';
export * from './state.js';
