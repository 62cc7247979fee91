import type { Context, EntryHeader, ErrorCode, JsonObject, JsonValue, LotEvent, Role, Viewer, VisibleEntry } from '@app/contracts';
import type { z } from 'zod';
import type { LotState } from './state.js';
import type { LotStatus } from './status.js';

/** What `decide` says: the events of one entry (with values not for everybody as named parts), or a refusal. */
export type Decision = Accepted | Refused;
export interface Accepted {
  readonly ok: true;
  readonly events: readonly LotEvent[];
  /** Values by part name without its `d:`; the venue salts and commits them. */
  readonly derived?: Readonly<Record<string, JsonValue>>;
}
export interface Refused {
  readonly ok: false;
  readonly code: ErrorCode;
  /** One English sentence a person can act on; clients show their own text by `code`. */
  readonly message: string;
}
export const accept = (events: readonly LotEvent[], derived?: Readonly<Record<string, JsonValue>>): Accepted =>
  derived === undefined ? { ok: true, events } : { ok: true, events, derived };
export const refuse = (code: ErrorCode, message: string): Refused => ({ ok: false, code, message });

/** A command with its payload read by the schema, and the secrets that the venue was given, by name. */
export interface Asked<P> {
  readonly id: string;
  readonly type: string;
  readonly step: string;
  readonly payload: P;
  readonly party: string;
  readonly roles: readonly Role[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly opened: Readonly<Record<string, JsonValue>>;
}

/** Who may see a part of an entry of this type, given the lot's present state. */
export type Audience = (
  viewer: Viewer,
  state: LotState,
  entry: { readonly header: EntryHeader; readonly events: readonly LotEvent[]; readonly party: string | null },
) => boolean;

/** One command type: who may ask, when, with what, and the rule. */
export interface CommandSpec<P = JsonObject> {
  readonly schema: z.ZodType<P>;
  /** Schemas of secrets the venue must be given opened; `*` for any name. Other secrets are refused. */
  readonly secrets?: Readonly<Record<string, z.ZodType>>;
  readonly roles: readonly Role[];
  readonly states: readonly LotStatus[];
  /** `certificate`: a legal act, no session key suffices. */
  readonly assurance: 'certificate' | 'session' | 'node';
  readonly decide: (state: LotState, asked: Asked<P>, context: Context) => Decision;
  /** Audience per part name (`x:…`/`d:…` names, or a prefix ending in `*`); overrides the default of `skeleton`, `command`, `who`. */
  readonly audience?: Readonly<Record<string, Audience>>;
}

/** One event type: its versioned schema and what it does to the state. Must not look at anything but skeleton facts. */
export interface EventSpec<E extends LotEvent = LotEvent> {
  readonly schema: z.ZodType<E>;
  readonly evolve: (state: LotState, event: E, entry: VisibleEntry) => LotState;
}

/** A slice: everything of one part of the law, in one folder. */
export interface Slice {
  readonly name: string;
  readonly commands: Readonly<Record<string, CommandSpec<never>>>;
  readonly events: Readonly<Record<string, EventSpec<never>>>;
}
export const command = <P>(spec: CommandSpec<P>): CommandSpec<never> => spec as CommandSpec<never>;
export const event = <E extends LotEvent>(spec: EventSpec<E>): EventSpec<never> => spec as EventSpec<never>;
