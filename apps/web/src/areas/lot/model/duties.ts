import type { EngineDuty, LotRun, LotState } from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';
import type { Choice, CommandRecord, CommandRecords, Keeping, SignedDocument, Unwrapping } from '../../../core/commands/command-record.js';

/**
 * Something one of my parties is to do now, as its screen offers it. What
 * is owed says the engine; how it is done says the command's record.
 */
export interface Duty {
  /** The party that owes it, and that does it. */
  readonly party: string;
  readonly command: string;
  readonly subject: string;
  /** Wire instant until which it can be done; null: open. */
  readonly until: string | null;
  /** Null for a command that this version of the client does not know. */
  readonly record: CommandRecord | null;
  /** Done with one press: what is signed. Null where more than a press is needed. */
  readonly act: Act | null;
  readonly choice: Choice | null;
  /** Done by signing a document that is shown. */
  readonly document: SignedDocument | null;
  /** Done with the key that opens the own bid. */
  readonly unwrapping: Unwrapping | null;
  /** Done with the key that this device keeps for `subject`. */
  readonly keeping: Keeping | null;
  /** Whether the lot's own engine takes the command in the form that this client gives it. */
  readonly isTaken: boolean;
}

/**
 * What these parties owe now by the lot's own engine, party by party in its order; nothing for the public. `now`: the venue's time, for what
 * the hour decides; left out, the time of the record.
 */
export const dutiesOf = (records: CommandRecords, run: LotRun, parties: readonly string[], now = run.state.at ?? ''): readonly Duty[] =>
  parties.flatMap((party) =>
    run.owed(party).map((duty) => ({ ...asDuty(records, run.state, { party, now }, duty), isTaken: run.takes(duty.command) })),
  );

function asDuty(
  records: CommandRecords,
  state: LotState,
  { party, now }: { readonly party: string; readonly now: string },
  { command, subject, until }: EngineDuty,
): Omit<Duty, 'isTaken'> {
  const record = records[command] ?? null;
  const payload = record?.press?.(state, party, now) ?? null;
  const act = payload === null ? null : { type: command, payload };
  return {
    party,
    command,
    subject,
    until,
    record,
    act,
    choice: record?.choice?.(state, now) ?? null,
    document: record?.document?.(state) ?? null,
    unwrapping: record?.unwrapping?.(state, party) ?? null,
    keeping: record?.keeping ?? null,
  };
}

/** Whether a screen offers a way to do it. */
export const canDo = ({ act, choice, document, unwrapping, keeping, record, isTaken }: Duty): boolean =>
  isTaken &&
  (act !== null || choice !== null || document !== null || unwrapping !== null || keeping !== null || record?.goTo !== undefined);

/**
 * Commands that somebody owes now and that the lot's own engine takes in another form than this client's: a later engine must be ordered.
 */
export const notTaken = (run: LotRun): readonly string[] => [
  ...new Set(
    Object.keys(run.state.parties)
      .flatMap((party) => run.owed(party).map(({ command }) => command))
      .filter((command) => !run.takes(command)),
  ),
];

/** People the lot waits for now. Nodes act by themselves, and names say only who owes, never what. */
export const waitedFor = (run: LotRun): readonly string[] =>
  Object.entries(run.state.parties).flatMap(([party, { roles }]) => (!roles.includes('node') && run.owed(party).length > 0 ? [party] : []));
