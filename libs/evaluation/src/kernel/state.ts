import type { EntryHeader, JsonObject, JsonValue, LotEvent, Role } from '@app/contracts';
import type { LotStatus } from './status.js';
import { canMove } from './transitions.js';

/** A party as everybody in the lot knows it: a pseudonym, what it may do, where it sits. */
export interface PartyFacts {
  /** What it may do; nothing once it has left. */
  readonly roles: readonly Role[];
  /** What it was admitted as: whoever left keeps the secrecy of his part. */
  readonly admittedAs: readonly Role[];
  readonly venue: string | null;
  readonly seat: string | null;
  /** Entry that admitted it; its part `d:binding:<party>` says who it is. */
  readonly seq: number;
}

/** An entry that has parts besides the open ones: what {@link Audience} needs to say who may see them. */
export interface SecretEntry {
  readonly header: EntryHeader;
  readonly events: readonly LotEvent[];
  readonly party: string | null;
}

/** Something in the log that no honest main venue writes; a verifier's verdict on such a log is FAIL. */
interface Fault {
  readonly seq: number;
  readonly reason: string;
}

/**
 * States of the slices, by the name under which the lot has them. Each slice adds its own in its `state.ts`:
 * `declare module '../kernel/state.js' { interface SliceStates { readonly <name>: <Name>State } }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface SliceStates {}

/**
 * A lot as its log says. Everything but `disclosed` follows from skeletons alone, so whoever sees the skeletons has the same;
 * `disclosed` holds the secret parts this reader may see, as `<seq>/<part>`.
 */
export interface LotState extends SliceStates {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
  /** Entries folded, which is the next entry's `seq`. */
  readonly size: number;
  /** Time of the newest visible entry. */
  readonly at: string | null;
  readonly status: LotStatus;
  /** What a suspended lot was in before. */
  readonly previous: LotStatus | null;
  readonly parties: Readonly<Record<string, PartyFacts>>;
  readonly secretEntries: Readonly<Record<string, SecretEntry>>;
  readonly disclosed: Readonly<Record<string, JsonValue>>;
  readonly faults: readonly Fault[];
}

/** The state after a change of status; a change that the table forbids is kept out and noted as a fault. */
export function moveTo(state: LotState, to: LotStatus): LotState {
  if (!canMove(state.status, to, state.previous)) return withFault(state, `status ${state.status} can not become ${to}`);
  if (to === 'SUSPENDED') return { ...state, status: to, previous: state.status };
  return { ...state, status: to, previous: null };
}

/** Notes a fault of the entry that is being folded. */
export const withFault = (state: LotState, reason: string): LotState => ({
  ...state,
  faults: [...state.faults, { seq: state.size, reason }],
});

/** Own property of a record that outside text indexes: `constructor` and the like are absent. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

export const partiesWith = (state: LotState, role: Role): string[] =>
  Object.keys(state.parties).filter((party) => state.parties[party]?.roles.includes(role) === true);

export const hasRole = (state: LotState, party: string, role: Role): boolean => own(state.parties, party)?.roles.includes(role) === true;

/** Key of a part in `disclosed` and among the erased ones. */
export const partKey = (seq: number, part: string): string => `${seq}/${part}`;

/** The part that a {@link partKey} names. */
export function partOfKey(key: string): { readonly seq: number; readonly name: string } {
  const slash = key.indexOf('/');
  return { seq: Number(key.slice(0, slash)), name: key.slice(slash + 1) };
}

/** A secret part's value, when this reader may see it. */
export const disclosed = (state: LotState, seq: number, part: string): JsonValue | undefined => own(state.disclosed, partKey(seq, part));

/** Every visible part of this name, oldest first. */
export function disclosedAll(state: LotState, part: string): { seq: number; value: JsonValue }[] {
  return Object.keys(state.secretEntries)
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((seq) => {
      const value = disclosed(state, seq, part);
      return value === undefined ? [] : [{ seq, value }];
    });
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
