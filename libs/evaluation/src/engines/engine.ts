import type { Command, Context, ErrorCode, JsonValue, LotEvent, Opening, Viewer, VisibleEntry } from '@app/contracts';
import type { Primitives, ProfileId } from '@app/sealing';

/**
 * A lot's state as its own engine keeps it. Nobody looks into it but that engine: everybody else reads the newest shape, which
 * {@link Engine.migrate} makes of it.
 */
export type OwnState = object;

/** What an engine decides: the events of one entry, or a refusal. The code of an old engine may be one that is not documented any more. */
export type EngineDecision =
  | {
      readonly ok: true;
      readonly events: readonly LotEvent[];
      readonly derived?: Readonly<Record<string, JsonValue>>;
      /** Derived values that rest on a secret which a judge was not given; engines before 0.4.0 cannot be asked without it. */
      readonly unread?: readonly string[];
    }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** A command with its secrets, for `decide`. `isJudged`: asked by whoever judges an entry and need not have been given every secret. */
export interface Submission {
  readonly command: Command;
  readonly openings: Readonly<Record<string, Opening>>;
  readonly isJudged?: boolean;
}

export interface EngineDuty {
  readonly command: string;
  readonly subject: string;
  readonly notBefore: string | null;
  readonly until: string | null;
}

export interface EngineLimit {
  readonly name: string;
  readonly at: string;
  /** Whom it concerns; null or left out (engine 0.1.0): everybody in the lot. */
  readonly parties?: readonly string[] | null;
}

/**
 * The next of a lot's limits (the earliest first) that concerns one of these parties (none: the public), or null: what a list and a
 * countdown show. Limits that were over at `now`, when the newest entry was written, give way to those that still run.
 */
export function nextOf(limits: readonly EngineLimit[], of: readonly string[], now: string | null): Pick<EngineLimit, 'name' | 'at'> | null {
  const mine = limits.filter(({ parties = null }) => parties === null || parties.some((party) => of.includes(party)));
  const next = mine.find(({ at }) => now === null || at > now) ?? mine[0];
  return next === undefined ? null : { name: next.name, at: next.at };
}

/** What is sealed for a purpose, by whom it is kept, and whether it may be opened now. */
export interface EnginePurpose {
  readonly purpose: string;
  readonly threshold: number;
  readonly parties: readonly string[];
  readonly isOpenable: boolean;
}

/** An entry as `audience` asks about it. */
export interface EngineEntry {
  readonly header: VisibleEntry['header'];
  readonly events: readonly LotEvent[];
  readonly party: string | null;
}

/**
 * The rules of one release, pure and self-contained: what a lot is decided, folded and shown by for as long as its archive is kept.
 * The engine of a release is frozen as one file (docs/design/engines.md); the rules under development are the engine `next`. Methods,
 * not function properties: an engine's functions take its own state, which is just an object to everybody else.
 */
export interface Engine {
  /** `0.1.0`; `next` for what is not frozen yet. */
  readonly version: string;
  /**
   * What a judge who was not given every secret (`isJudged`) may ask: the types of the events that a command may make where it is shaped by
   * secrets that the keepers need not see, null for one that they judge whole. Engines 0.1.0 and 0.2.0 cannot be asked so.
   */
  mayMake?(command: string): readonly string[] | null;
  initial(origin: string, lot: string, round: number): OwnState;
  decide(state: OwnState, submitted: Submission, context: Context): EngineDecision;
  evolve(state: OwnState, entry: VisibleEntry): OwnState;
  audience(viewer: Viewer, state: OwnState, entry: EngineEntry, part: string): boolean;
  owed(state: OwnState, party: string): EngineDuty[];
  limits(state: OwnState): EngineLimit[];
  purposes(state: OwnState): EnginePurpose[];
  /** The state of the engine before this one, in this engine's shape; the first engine gives back what it is given. Must not throw. */
  migrate(before: OwnState): OwnState;
  /** Command types with a text that is the same in two engines exactly where payload and secrets have the same form. */
  shapes(): Readonly<Record<string, string>>;
  /** Puts faster primitives of identical results behind a crypto profile. What a frozen engine asks of them never changes. */
  accelerate(profile: ProfileId, primitives: Primitives): void;
}

/** Name, version and hash of an engine, as a lot's entries bear it: `gongping-engine/0.2.0@<SHA-256 of the file, hexadecimal>`. */
const ENGINE_NAME = 'gongping-engine';

/** Engine 0.1.0 recorded no hash: the name alone stands for the one file that this build pins. */
const UNHASHED: ReadonlySet<string> = new Set(['0.1.0']);

export const engineId = (version: string, hash: string | null): string =>
  hash === null || UNHASHED.has(version) ? `${ENGINE_NAME}/${version}` : `${ENGINE_NAME}/${version}@${hash}`;
