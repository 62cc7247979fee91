import type { Type } from '@nestjs/common';
import { Global, Injectable, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';

/** What others contribute to: an abstract class, which is at the same time the type of each contribution. */
export type Port<T> = abstract new (...args: never[]) => T;

/** Which classes contribute to a port. Filled while modules are loaded, by the decorator alone. */
const contributors = new WeakMap<object, Set<object>>();

/**
 * Makes a provider one of the several that a port collects. The class is listed among the providers of its own module and nowhere
 * else; whoever owns the port finds it by {@link Contributions.to} and never imports it.
 */
export function Contributes<T>(port: Port<T>): (target: Type<T>) => void {
  return (target) => {
    const classes = contributors.get(port) ?? new Set();
    classes.add(target);
    contributors.set(port, classes);
  };
}

/** All contributions to one port. */
export interface Contributed<T> {
  /**
   * In the order of their modules. Looked up at the first reading, which must not come before every provider was made: not in a
   * constructor. Throws when a class was provided twice, since then two instances of it would believe to be the one.
   */
  readonly all: readonly T[];
}

/**
 * Finds what the parts of an application contribute to each other: several providers under one port, which Nest does not have by itself.
 */
@Injectable()
export class Contributions {
  constructor(private readonly discovery: DiscoveryService) {}

  /** May be asked in a constructor; the answer is read later. */
  to<T>(port: Port<T>): Contributed<T> {
    let found: readonly T[] | null = null;
    const look = (): readonly T[] => this.#look(port);
    return {
      get all() {
        found ??= look();
        return found;
      },
    };
  }

  #look<T>(port: Port<T>): readonly T[] {
    const classes = contributors.get(port) ?? new Set();
    const found = new Map<object, T>();
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (metatype === null || !classes.has(metatype) || !(instance instanceof port)) continue;
      if (found.has(metatype)) throw new Error(`${metatype.name} contributes to ${port.name} and is provided by two modules`);
      found.set(metatype, instance);
    }
    return [...found.values()];
  }
}

/** Once in an application; {@link Contributions} is then at hand everywhere. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [Contributions], exports: [Contributions] })
export class ContributionsModule {}
