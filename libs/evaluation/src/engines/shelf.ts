import type { Engine, OwnState } from './engine.js';
import { engineId } from './engine.js';
import { isTestJurisdiction } from '../law/index.js';
import { z } from 'zod';
import { isExtended } from './forms.js';

/** A form as {@link Engine.shapes} gives it: the schema of the payload, and those of the secrets. */
const zField = z.object({ enum: z.array(z.string()).optional().catch(undefined) });
const zForm = z.tuple([z.object({ properties: z.record(z.string(), zField) })], z.unknown());

/** An engine with the name under which lots call for it. */
export interface ShelvedEngine {
  readonly id: string;
  readonly engine: Engine;
  /** Null for the rules under development. */
  readonly hash: string | null;
  /** When it was released; not known of rules under development, and of engines that no release brought. */
  readonly released?: string | undefined;
}

/**
 * How long after the release of a later engine lots may still be founded and published under the one before: for drafts that are about to be
 * published, and for a main venue that is brought up to date after its sites.
 */
const FOUNDING_GRACE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Under which rules an installation founds lots (`FOUNDING_RULES`): released ones, or in test jurisdictions those under development. */
export type FoundingRules = 'released' | 'next';

/**
 * The engines that this build ships, oldest first; the last one has the newest shape of the state. Engines come with the release,
 * never from an archive or a server.
 */
export class EngineShelf {
  readonly #engines: readonly ShelvedEngine[];
  readonly #forms = new Map<ShelvedEngine, Readonly<Record<string, string>>>();
  readonly #under = new Map<FoundingRules, EngineShelf>();

  /** Throws without an engine, or when a version stands there twice. */
  constructor(
    engines: readonly Omit<ShelvedEngine, 'id'>[],
    readonly foundingRules: FoundingRules = 'next',
  ) {
    if (engines.length === 0) throw new Error('there is no engine on the shelf');
    if (new Set(engines.map(({ engine }) => engine.version)).size !== engines.length)
      throw new Error('a version of the engine is there twice');
    this.#engines = engines.map(({ engine, hash, released }) => ({ id: engineId(engine.version, hash), engine, hash, released }));
  }

  get all(): readonly ShelvedEngine[] {
    return this.#engines;
  }

  get newest(): ShelvedEngine {
    const newest = this.#engines.at(-1);
    if (newest === undefined) throw new Error('there is no engine on the shelf');
    return newest;
  }

  /** The same engines where lots are founded under these rules. */
  foundedUnder(rules: FoundingRules): EngineShelf {
    const shelf = rules === this.foundingRules ? this : (this.#under.get(rules) ?? new EngineShelf(this.#engines, rules));
    this.#under.set(rules, shelf);
    return shelf;
  }

  /**
   * The engine that a new lot in this jurisdiction gets when nobody names one: the newest released one, since the rules under development
   * may change with the next build; these in a jurisdiction that binds nobody (`isTestJurisdiction`), where {@link foundingRules} say so.
   */
  founding(jurisdiction: unknown): ShelvedEngine {
    const isNext = this.foundingRules === 'next' && typeof jurisdiction === 'string' && isTestJurisdiction(jurisdiction);
    return isNext ? this.newest : this.newestReleased;
  }

  /** The rules under development where none was released yet. */
  get newestReleased(): ShelvedEngine {
    return this.#engines.findLast(({ hash }) => hash !== null) ?? this.newest;
  }

  /** The engine of this very name and hash, or undefined: nothing is run that only looks like it. */
  find(id: string): ShelvedEngine | undefined {
    return this.#engines.find((shelved) => shelved.id === id);
  }

  /**
   * Until when lots may be founded and published under an engine: so long after the next one was released, and not a day where keepers cannot
   * judge its lots with what they see (0.1.0, 0.2.0). Null: no later one was released.
   */
  foundedUntil(shelved: ShelvedEngine): string | null {
    const successor = this.#engines.slice(this.#engines.indexOf(shelved) + 1).find(({ released }) => released !== undefined)?.released;
    if (successor === undefined) return null;
    const graceMs = shelved.engine.mayMake === undefined ? 0 : FOUNDING_GRACE_DAYS * DAY_MS;
    return new Date(Date.parse(successor) + graceMs).toISOString();
  }

  /** Is `to` a later engine than `from`? A lot never goes back. */
  isLater(from: ShelvedEngine, to: ShelvedEngine): boolean {
    return this.#engines.indexOf(to) > this.#engines.indexOf(from);
  }

  /** Does an engine take this command with everything that a later one lets it say? */
  takesAll(command: string, engine: ShelvedEngine, later: ShelvedEngine): boolean {
    const form = this.#formsOf(engine)[command];
    return form !== undefined && form === this.#formsOf(later)[command];
  }

  /** Does an engine take this command in the form that a later one gives it, where nothing is said that need not be? */
  takesForm(command: string, engine: ShelvedEngine, later: ShelvedEngine): boolean {
    const [older, newer] = [this.#formsOf(engine)[command], this.#formsOf(later)[command]];
    return older !== undefined && newer !== undefined && isExtended(older, newer);
  }

  /** Does an engine's form of this command have a field, or a choice, of this name? */
  names(command: string, name: string, shelved: ShelvedEngine): boolean {
    return this.#formsOf(shelved)[command]?.includes(JSON.stringify(name)) === true;
  }

  /** The values that an engine takes in a field of a command that is one of a list; none where it takes no such command. */
  choices(command: string, field: string, shelved: ShelvedEngine): readonly string[] {
    const form = this.#formsOf(shelved)[command];
    const [schema] = form === undefined ? [] : (zForm.safeParse(JSON.parse(form)).data ?? []);
    return schema?.properties[field]?.enum ?? [];
  }

  /** Made once for each engine: it reads every schema. */
  #formsOf(shelved: ShelvedEngine): Readonly<Record<string, string>> {
    const forms = this.#forms.get(shelved) ?? shelved.engine.shapes();
    this.#forms.set(shelved, forms);
    return forms;
  }

  /** A state of the engine `from` in the shape of `to`, step by step through the engines between them. */
  migrate(state: OwnState, from: ShelvedEngine, to: ShelvedEngine): OwnState {
    const between = this.#engines.slice(this.#engines.indexOf(from) + 1, this.#engines.indexOf(to) + 1);
    return between.reduce((own, { engine }) => engine.migrate(own), state);
  }
}
