import type { CommandRecords } from '../core/commands/command-record.js';
import { deskCommands } from './desk/commands.js';
import { awardCommands } from './lot/commands/award.js';
import { biddingCommands } from './lot/commands/bidding.js';
import { committeeCommands } from './lot/commands/committee.js';
import { drawCommands } from './lot/commands/draw.js';
import { lotCommands } from './lot/commands/lot.js';
import { openingCommands } from './lot/commands/opening.js';
import { securityCommands } from './lot/commands/security.js';

/** Every command that this client knows, from the areas that own them. */
export const COMMANDS: CommandRecords = {
  ...lotCommands,
  ...biddingCommands,
  ...drawCommands,
  ...openingCommands,
  ...securityCommands,
  ...committeeCommands,
  ...awardCommands,
  ...deskCommands,
};
