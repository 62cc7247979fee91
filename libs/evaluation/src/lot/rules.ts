import { fateCommands } from './fate.js';
import { foundingCommands } from './founding.js';
import { oversightCommands } from './oversight.js';

export const lotCommands = { ...foundingCommands, ...fateCommands, ...oversightCommands };
