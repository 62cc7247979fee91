import type { Command, Context, JsonValue, VisibleEntry } from '@app/contracts';
import { derivedPart } from '@app/contracts';
import type { EngineDecision, LotRun, LotState } from '@app/evaluation';
import { seatOf, zBinding } from '@app/evaluation';
import type { PartyBinding } from './signer-facts.js';
import type { Stream, Submitted } from './stream.js';

const BINDING_PREFIX = derivedPart('binding:');

type Bindings = ReadonlyMap<string, PartyBinding>;

/** A lot under the engine that it names, and who is bound to its pseudonyms. */
export class LotStream implements Stream {
  constructor(
    readonly run: LotRun,
    readonly bindings: Bindings = new Map(),
  ) {}

  /** The state in its newest shape. */
  get state(): LotState {
    return this.run.state;
  }

  get size(): number {
    return this.run.size;
  }

  bindingOf(party: string): PartyBinding | undefined {
    return this.bindings.get(party);
  }

  seatOf(party: string): string | null {
    return seatOf(this.state, party);
  }

  engineFor(command: Command): string {
    return this.run.engineFor(command);
  }

  decide(submitted: Submitted, context: Context): EngineDecision {
    return this.run.decide(submitted, context);
  }

  next(entry: VisibleEntry): LotStream {
    return new LotStream(this.run.next(entry), withBindings(this.bindings, entry.parts));
  }
}

function withBindings(bindings: Bindings, parts: Readonly<Record<string, JsonValue>>): Bindings {
  let next: Map<string, PartyBinding> | null = null;
  for (const [name, value] of Object.entries(parts)) {
    if (!name.startsWith(BINDING_PREFIX)) continue;
    const read = zBinding.safeParse(value);
    if (!read.success) continue;
    const { party, person, organisation, certificate, nodeKey } = read.data;
    next ??= new Map(bindings);
    next.set(party, { person: person?.id ?? null, organisation: organisation?.id ?? null, certificate, nodeKey });
  }
  return next ?? bindings;
}
