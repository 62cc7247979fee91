import {
  type CalendarYear,
  type Command,
  type Context,
  type EntryHeader,
  type JsonObject,
  type JsonValue,
  type LotEvent,
  type Opening,
  PART,
} from '@app/contracts';
import { canonicalText } from '@app/contracts';
import { type EngineShelf, frozenRuleSet, lotPolicyText, LotRun, publicationFaults, textOf, zCreate } from '@app/evaluation';
import { type CryptoProfile, profileOf } from '@app/sealing';
import { v7 } from 'uuid';
import type { Plan } from './plan.js';

/** Something that the rules do not take. `about`: the field, as the rules name it (empty: none); `says`: the rest of their sentence. */
export interface RuleFault {
  readonly code: string;
  readonly about: string;
  readonly says: string;
  /** A field that its schema does not take; of rows, which one. */
  readonly isForm: boolean;
  readonly row: number | null;
}

export interface Rehearsal {
  /** Empty: the lot's own engine would found and publish this, once every trustee has published a key. */
  readonly faults: readonly RuleFault[];
  /** The policy that the lot freezes, as far as the venues of the draft give one. */
  readonly witnessPolicy: string;
}

export interface Stage {
  readonly shelf: EngineShelf;
  readonly origin: string;
  readonly lot: string;
  /** The venue's clock. */
  readonly at: string;
  /** The installation's witnesses, as `/api/trust` names them. */
  readonly standingPolicy: string;
  /** Rest days of later years as the installation has entered them. */
  readonly calendar: readonly CalendarYear[];
}

const HASH = '0'.repeat(64);

/**
 * Plays `lot.create` and `lot.publish` of a draft here, under the engine that would found it, with the facts that the registry was asked
 * for: whatever the rules refuse is told before anything is signed. Nothing is decided by it: the main venue decides, by its own clock and facts.
 */
export function rehearse(planWith: (witnessPolicy: string) => Plan, stage: Stage): Rehearsal {
  const bare = planWith('');
  const form = zCreate.safeParse({ ...bare.facts, parties: bare.parties });
  if (!form.success) return { faults: formFaults(form.error.issues), witnessPolicy: '' };
  const first = new Rehearsed(stage).create(bare);
  const witnessPolicy = lotPolicyText(first.state, stage.standingPolicy) ?? '';
  const play = new Rehearsed(stage).create(planWith(witnessPolicy));
  if (play.fault !== null) return { faults: [play.fault], witnessPolicy };
  const refused = play.publish();
  if (refused === null) return { faults: [], witnessPolicy };
  // The engine says what it comes to first; what else is wrong is told by the same guards.
  const law = frozenRuleSet(play.state, stage.at, play.facts);
  const others = law === null ? [] : publicationFaults(play.state, law.ruleSet, stage.at).map(({ code, message }) => read(code, message));
  const said = sentenceOf(refused);
  return { faults: [refused, ...others.filter((fault) => sentenceOf(fault) !== said)].filter(isBefore), witnessPolicy };
}

/** Keys are published when the lot is there. */
const isBefore = ({ code }: RuleFault): boolean => code !== 'E_KEY_MISSING';
const sentenceOf = ({ code, about, says }: RuleFault): string => `${code} ${about} ${says}`;

class Rehearsed {
  fault: RuleFault | null = null;
  readonly #profile: CryptoProfile = profileOf('gp-std-1');
  #run: LotRun;
  #founder = '';

  constructor(private readonly stage: Stage) {
    this.#run = LotRun.begin(stage.shelf, { origin: stage.origin, lot: stage.lot, round: 1 });
  }

  get state() {
    return this.#run.state;
  }

  /** What the main venue says of itself at a publication. */
  get facts(): JsonObject {
    const { standingPolicy, calendar } = this.stage;
    return { witnessPolicy: standingPolicy, ...(calendar.length > 0 && { calendar: [...calendar] }) };
  }

  create({ founder, facts, parties, bindings }: Plan): this {
    this.#founder = founder;
    const opening = { salt: this.#profile.newSalt(), text: canonicalText([...bindings]) };
    // What the search of the registry was asked for; the main venue asks it again.
    const rights = ['lots:found', 'lots:supervise', 'lots:witness'];
    const known = Object.fromEntries(bindings.map(({ party }) => [textOf(party), { isKnown: true, rights }]));
    this.fault = this.#act('lot.create', { ...facts, parties: [...parties] }, { bindings: opening }, { registry: { parties: known } });
    return this;
  }

  publish(): RuleFault | null {
    return this.#act('lot.publish', { documentPackage: HASH }, {}, this.facts);
  }

  #act(type: string, payload: JsonObject, openings: Record<string, Opening>, facts: JsonObject): RuleFault | null {
    const { origin, lot, at } = this.stage;
    const secrets = Object.fromEntries(
      Object.entries(openings).map(([name, { salt, text }]) => [name, this.#profile.commitment(salt, text)]),
    );
    const actor = { party: this.#founder };
    const command: Command = { v: 1, id: v7(), origin, lot, round: 1, type, step: '', public: payload, secrets, actor, at, basis: 0 };
    const engine = this.#run.engineFor(command);
    const context: Context = { v: 1, at, engine, actor: { ...actor, assurance: 'certificate' }, certificate: 'good', facts };
    const decision = this.#run.decide({ command, openings }, context);
    if (!decision.ok) return read(decision.code, decision.message);
    this.#run = this.#run.next(entryOf(this.#run.size, at, type, decision.events, decision.derived ?? {}));
    return null;
  }
}

function entryOf(seq: number, at: string, type: string, events: readonly LotEvent[], derived: Readonly<Record<string, JsonValue>>) {
  const parts = {
    [PART.skeleton]: { events },
    ...Object.fromEntries(Object.entries(derived).map(([name, value]) => [`d:${name}`, value])),
  };
  const header: EntryHeader = { v: 1, seq, at, type, parts: Object.fromEntries(Object.keys(parts).map((name) => [name, HASH])) };
  return { header, parts };
}

/** A refusal names its field before the first colon, where it is about one. */
function read(code: string, message: string): RuleFault {
  const [, about = '', says = message] = /^([A-Za-z][\w.:-]*): (.*)$/s.exec(message) ?? [];
  return { code, about, says, isForm: false, row: null };
}

/** Each field once, whatever is wrong with it. */
function formFaults(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): readonly RuleFault[] {
  const found = new Map<string, RuleFault>();
  for (const { path, message } of issues) {
    const row = path.find((part) => typeof part === 'number') ?? null;
    const about = path.filter((part) => typeof part === 'string').join('.');
    const key = `${about} ${String(row)}`;
    if (!found.has(key)) found.set(key, { code: 'E_INPUT', about, says: message, isForm: true, row });
  }
  return [...found.values()];
}
