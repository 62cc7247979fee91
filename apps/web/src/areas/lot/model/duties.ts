import { owed, type Duty as Owed, type LotState } from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';
import type { Choice, CommandRecord, CommandRecords } from '../../../core/commands/command-record.js';

/** Something this party is to do now, as its screen offers it. What is owed says the engine; how it is done says the command's record. */
export interface Duty {
  readonly command: string;
  readonly subject: string;
  /** Wire instant until which it can be done; null: open. */
  readonly until: string | null;
  /** Null for a command that this version of the client does not know. */
  readonly record: CommandRecord | null;
  /** Done with one press: what is signed. Null where more than a press is needed. */
  readonly act: Act | null;
  readonly choice: Choice | null;
}

/** What this party owes now, in the engine's order; nothing for the public. */
export const dutiesOf = (records: CommandRecords, state: LotState, party: string | null): readonly Duty[] =>
  party === null ? [] : owed(state, party).map((duty) => asDuty(records, state, party, duty));

function asDuty(records: CommandRecords, state: LotState, party: string, { command, subject, until }: Owed): Duty {
  const record = records[command] ?? null;
  const payload = record?.press?.(state, party) ?? null;
  const act = payload === null ? null : { type: command, payload };
  return { command, subject, until, record, act, choice: record?.choice?.(state) ?? null };
}

/** Whether a screen offers a way to do it. */
export const canDo = ({ act, choice, record }: Duty): boolean => act !== null || choice !== null || record?.goTo !== undefined;

/** People the lot waits for now. Nodes act by themselves, and names say only who owes, never what. */
export const waitedFor = (state: LotState): readonly string[] =>
  Object.keys(state.parties).filter((party) => state.parties[party]?.roles.includes('node') !== true && owed(state, party).length > 0);
