import type { Command, Context, Viewer, VisibleEntry } from '@app/contracts';
import { PART } from '@app/contracts';
import { secretEntryOf } from '../engine/index.js';
import type { LotState } from '../kernel/index.js';
import { isObject } from '../kernel/index.js';
import { isTestJurisdiction } from '../law/index.js';
import { nextOf } from './engine.js';
import type { EngineDecision, EngineDuty, EngineEntry, EngineLimit, EnginePurpose, OwnState, Submission } from './engine.js';
import type { EngineShelf, ShelvedEngine } from './shelf.js';

/** The command that orders a change of engine, and the event that it becomes. The only act that two engines take part in. */
const CHANGE_ENGINE = 'lot.change-engine';
const ENGINE_CHANGED = 'lot.engine-changed';
const FOUNDED = 'lot.created';
/** What binds a lot to the rules of its engine; what comes later only follows them. */
const BINDS_TO_RULES: readonly string[] = ['lot.create', 'lot.publish'];

export interface LotName {
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
}

/** Why nothing of a lot is run: it calls for an engine that this build does not ship. */
export interface EngineMissing {
  readonly seq: number;
  readonly engine: string;
}

/**
 * A lot under the engine that it names: decided, folded and shown by that engine for as long as no entry changes it, while
 * everybody else reads `state`, its newest shape. A value: `next` gives another.
 */
export class LotRun {
  #newest: LotState | null = null;

  private constructor(
    private readonly shelf: EngineShelf,
    private readonly name: LotName,
    private readonly shelved: ShelvedEngine,
    private readonly own: OwnState,
    private readonly entries: { readonly size: number; readonly first: EngineEntry | null },
    /** Not null: the log went on under an engine that this build does not have, and the lot stands where it was before. */
    readonly missing: EngineMissing | null,
    /** Whether the engine was named by whoever began: the founding command does not choose it then. */
    private readonly isNamed: boolean,
  ) {}

  /** A lot before its first entry. Its founding command chooses the engine, unless `founding` names one. */
  static begin(shelf: EngineShelf, name: LotName, founding?: ShelvedEngine): LotRun {
    const shelved = founding ?? shelf.newest;
    const own = shelved.engine.initial(name.origin, name.lot, name.round);
    return new LotRun(shelf, name, shelved, own, { size: 0, first: null }, null, founding !== undefined);
  }

  /** The state in its newest shape: what screens, projections and performers know. */
  get state(): LotState {
    this.#newest ??= this.shelf.migrate(this.own, this.shelved, this.shelf.newest) as LotState;
    return this.#newest;
  }

  /** Entries that were folded. */
  get size(): number {
    return this.entries.size;
  }

  /** Name and hash of the engine in force. */
  get engine(): string {
    return this.shelved.id;
  }

  /** The engine that decides this command, as its context names it: the one in force, or the one that the command changes to. */
  engineFor(command: Command): string {
    return this.#deciding(command).id;
  }

  /** `asked` is told of every secret part, as `<seq>/<part>`, that the engine looks for in the state and that this reader has not. */
  decide(submitted: Submission, context: Context, asked?: (part: string) => void): EngineDecision {
    if (this.missing !== null) return refuse('ENGINE_UNKNOWN', `entry ${this.missing.seq} calls for ${this.missing.engine}`);
    const { command } = submitted;
    const deciding = this.#deciding(command);
    if (context.engine !== deciding.id) return refuse('ENGINE_UNKNOWN', `${deciding.id} decides here, not ${context.engine}`);
    const until = this.shelf.foundedUntil(deciding);
    if (BINDS_TO_RULES.includes(command.type) && until !== null && context.at > until)
      return refuse(
        'ENGINE_RETIRED',
        `${deciding.id} founds and publishes lots until ${until}; copy the draft, and the copy is founded under ${this.shelf.newestReleased.id}`,
      );
    if (submitted.isJudged === true && deciding.engine.mayMake === undefined && lacksSecret(submitted))
      return refuse('NOT_VISIBLE', `${deciding.id} can be asked with every secret only`);
    const jurisdiction = command.type === CHANGE_ENGINE ? this.state.setup.jurisdiction : command.public['jurisdiction'];
    if (deciding.hash === null && typeof jurisdiction === 'string' && !isTestJurisdiction(jurisdiction))
      return refuse('ENGINE_UNRELEASED', `${deciding.id} decides test and demonstration lots only, not lots in ${jurisdiction}`);
    if (command.type !== CHANGE_ENGINE) return deciding.engine.decide(watched(this.#before(deciding), asked), submitted, context);
    const to = command.public['engine'];
    if (typeof to !== 'string' || this.shelf.find(to) === undefined)
      return refuse('ENGINE_UNKNOWN', 'engine: not an engine of this release');
    if (!this.shelf.isLater(this.shelved, deciding))
      return refuse('E_INPUT', `engine: the lot runs under ${this.shelved.id}; a change goes to a later one`);
    return deciding.engine.decide(this.#before(deciding), submitted, context);
  }

  /**
   * Can the engine in force be asked by somebody who was not given every secret? Of a lot under an older one he can only say what he sees.
   */
  get isJudgedPartly(): boolean {
    return this.shelved.engine.mayMake !== undefined;
  }

  /**
   * Until when lots could be founded and published under the rules in force ({@link EngineShelf.foundedUntil}): whoever first hears of this lot
   * after that has nobody's word but the main venue's that it was.
   */
  get foundedUntil(): string | null {
    return this.shelf.foundedUntil(this.shelved);
  }

  /** See {@link Engine.mayMake}. */
  mayMake(command: Command): readonly string[] | null {
    return this.#deciding(command).engine.mayMake?.(command.type) ?? null;
  }

  next(entry: VisibleEntry): LotRun {
    if (this.missing !== null) return this;
    const id = calledFor(entry);
    const called = id === undefined ? this.shelved : this.shelf.find(id);
    if (called === undefined || (called !== this.shelved && this.size > 0 && !this.shelf.isLater(this.shelved, called)))
      return this.#with(this.shelved, this.own, this.entries, { seq: entry.header.seq, engine: (id ?? '').slice(0, 200) });
    const { size, first } = this.entries;
    return this.#with(called, called.engine.evolve(this.#before(called), entry), {
      size: size + (entry.header.seq === size ? 1 : 0),
      first: first ?? secretEntryOf(entry),
    });
  }

  /** May this viewer know of the lot and follow its log? What the engine says of the skeleton of its first entry. */
  admits(viewer: Viewer): boolean {
    return this.entries.first !== null && this.audience(viewer, this.entries.first, PART.skeleton);
  }

  audience(viewer: Viewer, entry: EngineEntry, part: string): boolean {
    return this.shelved.engine.audience(viewer, this.own, entry, part);
  }

  owed(party: string): EngineDuty[] {
    return this.shelved.engine.owed(this.own, party);
  }

  limits(): EngineLimit[] {
    return this.shelved.engine.limits(this.own);
  }

  /** See {@link nextOf}. */
  nextLimit(of: readonly string[]): Pick<EngineLimit, 'name' | 'at'> | null {
    return nextOf(this.limits(), of, this.state.at);
  }

  purposes(): EnginePurpose[] {
    return this.shelved.engine.purposes(this.own);
  }

  /** The engine to which the lot may be changed: the one that it would be founded under today, if that is a later one. */
  get laterEngine(): string | null {
    const today = this.shelf.founding(this.state.setup.jurisdiction);
    return this.shelf.isLater(this.shelved, today) ? today.id : null;
  }

  /** Does the engine in force take this command in the form that the newest one gives it, new optional fields left out? What screens offer. */
  takes(command: string): boolean {
    return this.shelf.takesForm(command, this.shelved, this.shelf.newest);
  }

  /** The same with every new optional field: whether what only the newest one knows may be said. */
  takesAll(command: string): boolean {
    return this.shelf.takesAll(command, this.shelved, this.shelf.newest);
  }

  /** Does this lot's engine know a field, or a choice, of this name in this command? */
  names(command: string, name: string): boolean {
    return this.shelf.names(command, name, this.shelved);
  }

  /** Which of a field's values the engine in force takes in this command; see {@link EngineShelf.choices}. */
  choices(command: string, field: string): readonly string[] {
    return this.shelf.choices(command, field, this.shelved);
  }

  #deciding({ type, public: payload }: Command): ShelvedEngine {
    if (type === CHANGE_ENGINE)
      return (typeof payload['engine'] === 'string' ? this.shelf.find(payload['engine']) : undefined) ?? this.shelved;
    if (this.size > 0 || this.isNamed) return this.shelved;
    return this.shelf.founding(payload['jurisdiction']);
  }

  /** The lot as this engine keeps it: before the first entry every engine begins by itself. */
  #before(called: ShelvedEngine): OwnState {
    const { origin, lot, round } = this.name;
    if (called === this.shelved) return this.own;
    return this.size === 0 ? called.engine.initial(origin, lot, round) : this.shelf.migrate(this.own, this.shelved, called);
  }

  #with(shelved: ShelvedEngine, own: OwnState, entries: LotRun['entries'], missing: EngineMissing | null = null): LotRun {
    return new LotRun(this.shelf, this.name, shelved, own, entries, missing, this.isNamed);
  }
}

/** The state with its secret parts watched. What an engine keeps of them is called `disclosed` in every engine there is. */
function watched(own: OwnState, asked: ((part: string) => void) | undefined): OwnState {
  if (asked === undefined || !('disclosed' in own) || !isObject(own.disclosed)) return own;
  const tell = (target: object, key: string | symbol): void => {
    if (typeof key === 'string' && !Object.hasOwn(target, key)) asked(key);
  };
  const disclosed = new Proxy(own.disclosed, {
    get: (target, key, receiver) => {
      tell(target, key);
      return Reflect.get(target, key, receiver) as unknown;
    },
    getOwnPropertyDescriptor: (target, key) => {
      tell(target, key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
  return { ...own, disclosed };
}

/** The engine that an entry calls for: the founding entry and a change of engine name one, in their skeleton. */
function calledFor(entry: VisibleEntry): string | undefined {
  const skeleton = entry.parts[PART.skeleton];
  const events = isObject(skeleton) ? skeleton['events'] : undefined;
  if (!Array.isArray(events)) return undefined;
  const isFounding = entry.header.seq === 0;
  for (const event of events.filter(isObject)) {
    if (isFounding && event['type'] === FOUNDED && typeof event['engine'] === 'string') return event['engine'];
    if (!isFounding && event['type'] === ENGINE_CHANGED && typeof event['to'] === 'string') return event['to'];
  }
  return undefined;
}

const lacksSecret = ({ command, openings }: Submission): boolean =>
  Object.keys(command.secrets).some((name) => !Object.hasOwn(openings, name));

const refuse = (
  code: 'ENGINE_UNKNOWN' | 'ENGINE_UNRELEASED' | 'ENGINE_RETIRED' | 'E_INPUT' | 'NOT_VISIBLE',
  message: string,
): EngineDecision => ({
  ok: false,
  code,
  message,
});
