import type { Slice } from '../kernel/slice.js';
import { securityDuties, securityLimits } from './duties.js';
import { securityCommands } from './rules.js';
import { initialSecurity, securityEvents } from './state.js';

/** 投标保证金: recorded once the list is told, measured by the tender document, returned or withheld after the award. */
export const securitySlice: Slice<'security'> = {
  name: 'security',
  initial: { security: initialSecurity },
  commands: securityCommands,
  events: securityEvents,
  duties: securityDuties,
  limits: securityLimits,
};
