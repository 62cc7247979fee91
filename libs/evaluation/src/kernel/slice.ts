import type { Context, EntryHeader, ErrorCode, JsonValue, LotEvent, Role, Viewer, VisibleEntry } from '@app/contracts';
import { type z, ZodError } from 'zod';
import type { LotState, SliceStates } from './state.js';
import type { LotStatus } from './status.js';
import { ifSeen } from './unseen.js';

/** What `decide` says: the events of one entry (with values not for everybody as named parts), or a refusal. */
export type Decision = Accepted | Refused;
export interface Accepted {
  readonly ok: true;
  readonly events: readonly LotEvent[];
  /** Values by part name without its `d:`; the venue salts and commits them. */
  readonly derived?: Readonly<Record<string, JsonValue>>;
  /** Names of those that rest on a secret which whoever asks was not given: he knows that they must be there. */
  readonly unread?: readonly string[];
}
/** A derived value as a rule gives it: a function where a secret goes into it that a judge need not have been given. */
type Derived = JsonValue | (() => JsonValue);
export interface Refused {
  readonly ok: false;
  readonly code: ErrorCode;
  /** One English sentence a person can act on; clients show their own text by `code`. */
  readonly message: string;
}
export function accept(events: readonly LotEvent[], given?: Readonly<Record<string, Derived>>): Accepted {
  if (given === undefined) return { ok: true, events };
  const derived: Record<string, JsonValue> = {};
  const unread = Object.entries(given).flatMap(([name, value]) => {
    const read = typeof value === 'function' ? ifSeen(value) : value;
    if (read === undefined) return [name];
    derived[name] = read;
    return [];
  });
  return { ok: true, events, derived, ...(unread.length === 0 ? {} : { unread }) };
}
export const refuse = (code: ErrorCode, message: string): Refused => ({ ok: false, code, message });

/** A command with its payload read by the schema, and the secrets that the venue was given, by name. */
export interface Asked<P> {
  readonly id: string;
  readonly type: string;
  readonly step: string;
  readonly payload: P;
  readonly party: string;
  /** The key of this lot that signed beside the party's own; null: none. */
  readonly key: string | null;
  readonly roles: readonly Role[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly opened: Readonly<Record<string, JsonValue>>;
  /** Secrets that the command commits to and whoever asks was not given: see `unseen.ts`. */
  readonly unseen: ReadonlySet<string>;
}

/** Who may see a part of an entry of this type, given the lot's present state. */
export type Audience = (
  viewer: Viewer,
  state: LotState,
  entry: { readonly header: EntryHeader; readonly events: readonly LotEvent[]; readonly party: string | null },
  part: string,
) => boolean;

/** One command type as its slice writes it: who may ask, when, with what, and the rule. */
export interface CommandSpec<P> {
  readonly schema: z.ZodType<P>;
  /**
   * Schemas of secrets the venue must be given opened, by exact name or by a prefix ending in `*`; other secrets are refused.
   * An exact name must be there unless its schema takes `undefined`.
   */
  readonly secrets?: Readonly<Record<string, z.ZodType>>;
  readonly roles: readonly Role[];
  readonly states: readonly LotStatus[];
  /** `certificate`: a legal act, no session key suffices. `session`: certificate and node are good too. `node`: nodes only. */
  readonly assurance: 'certificate' | 'session' | 'node';
  /** A member's act under a key that it binds itself; every other one needs a bound one (`committee/lot-keys.ts`). */
  readonly bindsKey?: boolean;
  /** The entry that starts a log: nobody is a party yet, so the rule itself says whether the asker may. */
  readonly founds?: boolean;
  readonly decide: (state: LotState, asked: Asked<P>, context: Context, roof: Roof) => Decision;
  /**
   * Types of the events that it may make, for a command that is shaped by secrets which the keepers of sealed boxes need not see: without
   * them they can say at least that nothing else came of it, and no release rests on what they are. A command without this list they judge
   * whole.
   */
  readonly makes?: readonly string[];
  /** Audience per part name (`x:…`/`d:…` names, or a prefix ending in `*`); overrides the default of `who` too. */
  readonly audience?: Readonly<Record<string, Audience>>;
}

/** The same with its payload type hidden inside: what the frame calls. */
export interface CommandRule extends Omit<CommandSpec<never>, 'schema' | 'decide'> {
  readonly schema: z.ZodType;
  /** Reads the payload, then applies the rule; a payload off its schema is refused as `E_INPUT` with the field's path. */
  readonly decide: (state: LotState, asked: Asked<JsonValue>, context: Context, roof: Roof) => Decision;
}

/** One event type: its versioned schema and what it does to the state. Must not look at anything but skeleton facts. */
export interface EventSpec<E extends LotEvent> {
  readonly schema: z.ZodType<E>;
  readonly evolve: (state: LotState, event: E, entry: VisibleEntry) => LotState;
}

export interface EventRule {
  /** Path and reason when the event is off its schema, else null. */
  readonly fault: (event: LotEvent) => string | null;
  /** Null when the event is off its schema. */
  readonly evolve: (state: LotState, event: LotEvent, entry: VisibleEntry) => LotState | null;
}

/** Something a party is to do next: which command, about what, in which window (instants; null: open). */
export interface Duty {
  readonly command: string;
  /** Purpose, bid, objection or candidate that the command names; empty where it names none. */
  readonly subject: string;
  readonly notBefore: string | null;
  readonly until: string | null;
}
export const duty = (command: string, subject = '', notBefore: string | null = null, until: string | null = null): Duty => ({
  command,
  subject,
  notBefore,
  until,
});

/** A limit that runs in a lot. Many run at once. */
export interface RunningLimit {
  readonly name: string;
  readonly at: string;
  /** Whom it concerns; null: everybody in the lot. */
  readonly parties: readonly string[] | null;
}
/** A limit that may not run: none when there is no instant. */
export const limit = (name: string, at: string | null | undefined, parties: readonly string[] | null = null): RunningLimit[] =>
  at === null || at === undefined ? [] : [{ name, at, parties }];

/** A kind of sealed boxes, and when its keepers act. */
export interface Purpose {
  /** `bids`, `review`, `scores:technical`, `ballots` …: what all attempts have in common. */
  readonly family: string;
  /** The attempt that is under way: keys that were released opened everything, so a repeat is another purpose. */
  readonly current: string;
  /** Its keepers must have published their keys by now. */
  readonly isDue: boolean;
  /** Whether boxes of this purpose (of the family) may be opened now: the condition that keepers wait for. */
  readonly opens: (purpose: string) => boolean;
  /** By no clock before this instant, whatever a log says; left out: the log's own course is all there is. */
  readonly notBefore?: string | undefined;
}

/** What only the roof knows, since it is asked of every slice: an earlier slice gets it as an argument. */
export interface Roof {
  readonly purposes: (state: LotState) => readonly Purpose[];
}

/** A slice: everything of one part of the law, in one folder. `K`: where its state stands in the lot's. */
export interface Slice<K extends keyof SliceStates = keyof SliceStates> {
  readonly name: string;
  readonly initial: Pick<SliceStates, K>;
  readonly commands: Readonly<Record<string, CommandRule>>;
  readonly events: Readonly<Record<string, EventRule>>;
  /** What this slice's state makes of an earlier or later slice's event, after its owner has folded it. */
  readonly follows?: Readonly<Record<string, EventRule>>;
  /** What the lot waits for from this party. Advice only: `decide` alone says what is allowed. */
  readonly duties?: (state: LotState, party: string, roof: Roof) => readonly Duty[];
  readonly limits?: (state: LotState) => readonly RunningLimit[];
  readonly purposes?: (state: LotState) => readonly Purpose[];
}

/** A slice whose state is asked of nobody. */
export type AnySlice = Omit<Slice, 'initial'>;

/** One line on the first thing a schema found wrong: `bids.0.size: Too small`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'does not fit';
  return `${issue.path.length === 0 ? '(whole)' : issue.path.map(String).join('.')}: ${issue.message}`;
}

export function command<P>(spec: CommandSpec<P>): CommandRule {
  const { schema, decide, ...rest } = spec;
  return {
    ...rest,
    schema,
    decide: (state, asked, context, roof) => {
      const read = schema.safeParse(asked.payload);
      if (!read.success) return refuse('E_INPUT', firstIssue(read.error));
      return decide(state, { ...asked, payload: read.data }, context, roof);
    },
  };
}

export function event<E extends LotEvent>(spec: EventSpec<E>): EventRule {
  // An event that a rule has just made is read when it is decided and again when it is folded; nobody changes it in between.
  const good = new WeakMap<LotEvent, E>();
  const read = (given: LotEvent): E | z.ZodError => {
    const known = good.get(given);
    if (known !== undefined) return known;
    const result = spec.schema.safeParse(given);
    if (!result.success) return result.error;
    good.set(given, result.data);
    return result.data;
  };
  return {
    fault: (given) => {
      const event = read(given);
      return event instanceof ZodError ? firstIssue(event) : null;
    },
    evolve: (state, given, entry) => {
      const event = read(given);
      return event instanceof ZodError ? null : spec.evolve(state, event, entry);
    },
  };
}
