import type { JsonObject } from '@app/contracts';
import { parseCanonical } from '@app/contracts';
import type { Binding, RegistryFacts } from '@app/evaluation';
import { own, zBinding, zBindings } from '@app/evaluation';
import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Registry } from '../registry/live/registry.types.js';
import type { Admitted } from './command-door.js';
import { FactsBook } from './facts-book.js';

type Known = RegistryFacts['parties'][string];

/** What the registry says of the people and keys that a command would bind to a lot's parties; the rules judge it (`registryFault`). */
@Injectable()
export class RegisteredParties implements OnModuleInit {
  constructor(
    private readonly registry: Registry,
    private readonly facts: FactsBook,
  ) {}

  onModuleInit(): void {
    this.facts.provide('lot.create', (_state, admitted) => this.#say(zBindings.safeParse(openingOf(admitted, 'bindings')).data ?? []));
    this.facts.provide('lot.admit', (_state, admitted) => {
      const binding = zBinding.safeParse(openingOf(admitted, 'binding')).data;
      return this.#say(binding === undefined ? [] : [binding]);
    });
  }

  async #say(bindings: readonly Binding[]): Promise<JsonObject> {
    const parties: Record<string, Known> = {};
    for (const binding of bindings) parties[binding.party] = await this.#known(binding);
    return { registry: { parties } };
  }

  async #known({ party, person, organisation, certificate, nodeKey }: Binding): Promise<Known> {
    if (nodeKey !== null) {
      const isNode = person === null && certificate === null && this.registry.nodeKey(party) === nodeKey;
      return { isKnown: isNode, rights: [] };
    }
    const holder = certificate === null ? null : await this.registry.holder(certificate);
    if (holder === null || person === null) return { isKnown: false, rights: [] };
    const isKnown = holder.revokedAt === null && isSame(holder.person, person) && isSame(holder.organisation, organisation);
    return { isKnown, rights: isKnown ? [...(await this.registry.rightsOf(person.id))] : [] };
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}
const isSame = (one: Named | null, other: Named | null): boolean => one?.id === other?.id && one?.name === other?.name;

/** What a secret of the command says; undefined when it is not opened, or is not canonical text. */
function openingOf({ signed: { openings } }: Admitted, name: string): unknown {
  const opening = own(openings, name);
  try {
    return opening === undefined ? undefined : parseCanonical(opening.text);
  } catch {
    return undefined;
  }
}
