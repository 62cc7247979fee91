import type { Command, Context, Opening, Viewer, VisibleEntry } from '@app/contracts';
import { PART } from '@app/contracts';
import type { LotState } from '../kernel/index.js';
import { isObject } from '../kernel/index.js';
import type { EngineDecision, EngineDuty, EngineEntry, EngineLimit, EnginePurpose, OwnState } from './engine.js';
import type { EngineShelf, ShelvedEngine } from './shelf.js';

/** The command that orders a change of engine, and the event that it becomes. The only act that two engines take part in. */
const CHANGE_ENGINE = 'lot.change-engine';
const ENGINE_CHANGED = 'lot.engine-changed';
const FOUNDED = 'lot.created';

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
    /** Not null: the log went on under an engine that this build does not have, and the lot stands where it was before. */
    readonly missing: EngineMissing | null,
  ) {}

  /** A lot before its first entry; `founding` is the engine that a lot founded here gets. */
  static begin(shelf: EngineShelf, name: LotName, founding: ShelvedEngine = shelf.newest): LotRun {
    return new LotRun(shelf, name, founding, founding.engine.initial(name.origin, name.lot, name.round), null);
  }

  /** The state in its newest shape: what screens, projections and performers know. */
  get state(): LotState {
    this.#newest ??= this.shelf.migrate(this.own, this.shelved, this.shelf.newest) as LotState;
    return this.#newest;
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
  decide(
    submitted: { readonly command: Command; readonly openings: Readonly<Record<string, Opening>> },
    context: Context,
    asked?: (part: string) => void,
  ): EngineDecision {
    if (this.missing !== null) return refuse('ENGINE_UNKNOWN', `entry ${this.missing.seq} calls for ${this.missing.engine}`);
    const { command } = submitted;
    const deciding = this.#deciding(command);
    if (context.engine !== deciding.id) return refuse('ENGINE_UNKNOWN', `${deciding.id} decides here, not ${context.engine}`);
    if (command.type !== CHANGE_ENGINE) return deciding.engine.decide(watched(this.own, asked), submitted, context);
    const to = command.public['engine'];
    if (typeof to !== 'string' || this.shelf.find(to) === undefined)
      return refuse('ENGINE_UNKNOWN', 'engine: not an engine of this release');
    if (!this.shelf.isLater(this.shelved, deciding))
      return refuse('E_INPUT', `engine: the lot runs under ${this.shelved.id}; a change goes to a later one`);
    return deciding.engine.decide(this.shelf.migrate(this.own, this.shelved, deciding), submitted, context);
  }

  next(entry: VisibleEntry): LotRun {
    if (this.missing !== null) return this;
    const id = calledFor(entry);
    if (id === undefined || id === this.shelved.id) return this.#with(this.shelved, this.shelved.engine.evolve(this.own, entry));
    const called = this.shelf.find(id);
    if (called === undefined || (entry.header.seq > 0 && !this.shelf.isLater(this.shelved, called)))
      return new LotRun(this.shelf, this.name, this.shelved, this.own, { seq: entry.header.seq, engine: id.slice(0, 200) });
    const { origin, lot, round } = this.name;
    const before = entry.header.seq === 0 ? called.engine.initial(origin, lot, round) : this.shelf.migrate(this.own, this.shelved, called);
    return this.#with(called, called.engine.evolve(before, entry));
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

  purposes(): EnginePurpose[] {
    return this.shelved.engine.purposes(this.own);
  }

  /** Does the engine in force take this command in the form that the newest one gives it? What screens offer. */
  takes(command: string): boolean {
    const { newest } = this.shelf;
    if (this.shelved === newest) return true;
    const mine = this.shelved.engine.shapes()[command];
    return mine !== undefined && mine === newest.engine.shapes()[command];
  }

  #deciding(command: Command): ShelvedEngine {
    const to = command.type === CHANGE_ENGINE ? command.public['engine'] : undefined;
    return (typeof to === 'string' ? this.shelf.find(to) : undefined) ?? this.shelved;
  }

  #with(shelved: ShelvedEngine, own: OwnState): LotRun {
    return new LotRun(this.shelf, this.name, shelved, own, null);
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

const refuse = (code: 'ENGINE_UNKNOWN' | 'E_INPUT', message: string): EngineDecision => ({ ok: false, code, message });
