import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Contributed } from './contributions.js';
import { Contributes, Contributions, ContributionsModule } from './contributions.js';

abstract class Lamp {
  abstract readonly colour: string;
}
abstract class Horn {
  abstract readonly tone: string;
}

@Injectable()
class Lighthouse {
  readonly #lamps: Contributed<Lamp>;
  readonly #horns: Contributed<Horn>;
  constructor(contributions: Contributions) {
    this.#lamps = contributions.to(Lamp);
    this.#horns = contributions.to(Horn);
  }
  get seen(): string[] {
    return this.#lamps.all.map(({ colour }) => colour);
  }
  get heard(): string[] {
    return this.#horns.all.map(({ tone }) => tone);
  }
}

@Module({ providers: [Lighthouse], exports: [Lighthouse] })
class LighthouseModule {}

@Contributes(Lamp)
@Injectable()
class Red extends Lamp {
  readonly colour = 'red';
  // It needs what it contributes to: no circle, since nobody injects it.
  constructor(readonly house: Lighthouse) {
    super();
  }
}
@Contributes(Lamp)
@Injectable()
class Green extends Lamp {
  readonly colour = 'green';
}
/** Bears the mark and is provided by no module. */
@Contributes(Lamp)
class Dark extends Lamp {
  readonly colour = 'black';
}

@Module({ imports: [LighthouseModule], providers: [Red] })
class RedModule {}
@Module({ providers: [Green], exports: [Green] })
class GreenModule {}

const boot = async (...imports: (new () => unknown)[]): Promise<Lighthouse> => {
  const module = await Test.createTestingModule({ imports: [ContributionsModule, LighthouseModule, ...imports] }).compile();
  return module.get(Lighthouse, { strict: false });
};

describe('contributions', () => {
  it('are found in every module of the application, also where they need whom they contribute to', async () => {
    expect((await boot(RedModule, GreenModule)).seen.sort()).toEqual(['green', 'red']);
  });

  it('are those of this application, not of every class that bears the mark', async () => {
    expect([new Dark().colour, (await boot(GreenModule)).seen]).toEqual(['black', ['green']]);
    expect((await boot()).seen).toEqual([]);
  });

  it('go to their own port', async () => {
    expect((await boot(RedModule)).heard).toEqual([]);
  });

  it('are refused when two modules provide the same one', async () => {
    @Module({ providers: [Green] })
    class AgainModule {}
    const sut = await boot(GreenModule, AgainModule);
    expect(() => sut.seen).toThrow('Green contributes to Lamp and is provided by two modules');
  });
});
