import type { JsonObject } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { Injectable } from '@nestjs/common';
import type { Admitted } from './command-door.js';

type Provider = (state: LotState, admitted: Admitted) => Promise<JsonObject>;

/** Which outside facts a command type asks for, and who knows them. One provider per type; given once, at boot. */
@Injectable()
export class FactsBook {
  readonly #providers = new Map<string, Provider>();

  provide(type: string, provider: Provider): void {
    if (this.#providers.has(type)) throw new Error(`two providers of facts for ${type}`);
    this.#providers.set(type, provider);
  }

  /** Null when the type needs none: the common case, which must not wait for anything. */
  factsFor(admitted: Admitted, state: LotState | null): Promise<JsonObject> | null {
    const provider = this.#providers.get(admitted.signed.command.type);
    return provider === undefined || state === null ? null : provider(state, admitted);
  }
}
