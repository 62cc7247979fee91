import { zName } from '@app/contracts';
import { z } from 'zod';
import { of, zText } from '../../src/kernel/fields.js';
import { accept, type Audience, command, duty, type Duty, event, refuse, type Slice } from '../../src/kernel/slice.js';
import { hasRole, type LotState, own } from '../../src/kernel/state.js';

/** A slice that no engine has, in one file where a real one has eight: a witness leaves a remark about a party. */

// commands.ts; the secret `text` is what the remark says.
const zWrite = z.strictObject({ about: zName });

// events.ts
const zWritten = of('remark.written', { by: zName, about: zName });

// state.ts; not optional in a real slice.
interface RemarkState {
  /** Entry whose part `x:text` is the remark, by the party that it is about. */
  readonly written: Readonly<Record<string, number>>;
}
declare module '../../src/kernel/state.js' {
  interface SliceStates {
    readonly remark?: RemarkState;
  }
}
const writtenIn = (state: LotState): RemarkState['written'] => state.remark?.written ?? {};
const remarkEvents = {
  'remark.written': event({
    schema: zWritten,
    evolve: (state, { about }, { header }) => ({ ...state, remark: { written: { ...writtenIn(state), [about]: header.seq } } }),
  }),
};

// audience.ts
const remarkAudience: Audience = (viewer) => viewer.roles.includes('supervisor');

// rules.ts
const remarkCommands = {
  'remark.write': command({
    schema: zWrite,
    secrets: { text: zText },
    roles: ['witness'],
    states: ['DRAFT', 'PUBLISHED'],
    assurance: 'session',
    makes: ['remark.written'],
    audience: { 'x:text': remarkAudience },
    decide: (state, { party, payload: { about } }) => {
      if (own(state.parties, about) === undefined) return refuse('NOT_FOUND', `${about} has no part in this lot`);
      if (own(writtenIn(state), about) !== undefined) return refuse('E_ALREADY_DONE', `there is a remark about ${about}`);
      return accept([{ type: 'remark.written', by: party, about }]);
    },
  }),
};

// duties.ts
const remarkDuties = (state: LotState, party: string): Duty[] =>
  hasRole(state, party, 'witness') && own(writtenIn(state), 'agency') === undefined ? [duty('remark.write', 'agency')] : [];

// slice.ts
export const remarkSlice: Slice<'remark'> = {
  name: 'remark',
  initial: { remark: { written: {} } },
  commands: remarkCommands,
  events: remarkEvents,
  duties: remarkDuties,
};
