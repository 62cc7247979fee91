import { sessionCommands } from './session.js';
import { decryptionCommands } from './decryption.js';
import { excludingCommands } from './excluding.js';
import { drawCommands } from './draw.js';
import { closingCommands } from './closing.js';
/** In the order of the session. */
export const openingCommands = { ...sessionCommands, ...decryptionCommands, ...excludingCommands, ...drawCommands, ...closingCommands };
