import { describe, expect, it } from '@jest/globals';
import type { SignedCommand } from '@app/contracts';
import { DomainError, FakeClock } from '@app/platform';
import fc from 'fast-check';
import { MemoryDisk, SimulatedLine, SimulatedMain } from '../../test/outbox-simulation.js';
import { anybody, command, newCrypto, silent } from '../../test/support.js';
import { Courier } from './courier.js';
import { Outbox } from './outbox.js';

const ACTORS = ['expert-0', 'expert-1', 'expert-2'] as const;
/** After this much time with a line that holds, whatever can be answered is answered: the longest wait is 30 s. */
const HEALED_MS = 600_000;
/** More microtasks than one write takes from its command to its end. */
const TICKS_OF_A_WRITE = 30;

type Action =
  | { readonly do: 'submit' | 'refuse' | 'pretend'; readonly actor: number }
  | { readonly do: 'busy'; readonly actor: number; readonly code: string | null }
  | { readonly do: 'disk'; readonly how: 'refuses' | 'writes-and-fails' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'cut' | 'mend' | 'crash' | 'repeat' };

const actor = fc.nat(ACTORS.length - 1);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('submit' as const), actor }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refuse' as const), actor }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pretend' as const), actor }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('busy' as const),
      actor,
      code: fc.constantFrom('UNAVAILABLE', 'RATE_LIMITED', 'READ_ONLY', null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('disk' as const), how: fc.constantFrom('refuses' as const, 'writes-and-fails' as const) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20_000 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'mend' as const, 'mend' as const, 'crash' as const, 'repeat' as const) }),
  },
);
/** How long messages travel, one after the other and over again. */
const delays = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 40 });

/** A site whose process can be killed, on a disk that stays, over lines that are cut, with a clock that the test moves. */
class World {
  readonly clock = new FakeClock();
  readonly disk = new MemoryDisk();
  readonly main = new SimulatedMain();
  /** What the seats have sent and were not told to be kept: they send it again. */
  readonly unkept = new Map<string, SignedCommand>();
  readonly kept = new Set<string>();
  /** What somebody else sent in an actor's name. */
  readonly junk = new Set<string>();
  outbox!: Outbox;
  courier!: Courier;
  #line: SimulatedLine | null = null;
  #delay = 0;

  constructor(private readonly delaysMs: readonly number[]) {}

  readonly senders = {
    require: ({ command: { id } }: SignedCommand): void => {
      if (this.junk.has(id)) throw new DomainError('BAD_SIGNATURE', 'not signed by who it says');
    },
  };

  async start(): Promise<void> {
    const outbox = new Outbox(this.disk, newCrypto(), this.senders, this.clock, silent);
    const courier = new Courier(outbox, this.clock, silent, () => 0);
    this.outbox = outbox;
    this.courier = courier;
    await outbox.onModuleInit();
    for (const signed of this.unkept.values()) this.submit(signed);
    await turn();
  }

  submit(signed: SignedCommand): void {
    const { id } = signed.command;
    const { outbox } = this;
    this.unkept.set(id, signed);
    outbox.submit(signed).then(
      () => {
        // A seat hears nothing of a process that is dead.
        if (outbox !== this.outbox) return;
        this.kept.add(id);
        this.unkept.delete(id);
      },
      () => undefined,
    );
  }

  cut(): void {
    this.#line?.cut();
    this.#line = null;
    this.courier.disconnected();
  }

  mend(): void {
    if (this.#line !== null) return;
    const { courier } = this;
    const delay = (): number => this.delaysMs[(this.#delay += 1) % this.delaysMs.length] ?? 0;
    this.#line = new SimulatedLine(this.main, this.clock, delay, (replies) => void courier.replied(replies));
    courier.connected(this.#line);
  }

  async crash(): Promise<void> {
    this.cut();
    this.courier.onModuleDestroy();
    await this.start();
  }

  async run(given: Action): Promise<void> {
    if (given.do === 'submit') this.submit(command(ACTORS[given.actor] ?? ''));
    else if (given.do === 'refuse') {
      const signed = command(ACTORS[given.actor] ?? '');
      this.main.refused.add(signed.command.id);
      this.submit(signed);
    } else if (given.do === 'pretend') {
      const signed = command(ACTORS[given.actor] ?? '');
      this.junk.add(signed.command.id);
      await expect(this.outbox.submit(signed)).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
    } else if (given.do === 'busy') this.main.busy.set(ACTORS[given.actor] ?? '', given.code);
    else if (given.do === 'disk') this.disk.next = given.how;
    else if (given.do === 'wait') await this.wait(given.ms);
    else if (given.do === 'repeat') this.main.repeats += 1;
    else await this[given.do]();
    await turn();
  }

  async wait(ms: number): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= 250) {
      await this.clock.advance(Math.min(250, leftMs));
      await turn();
    }
  }

  /** Everything holds from now on, but one actor whom the main venue cannot decide. */
  async heal(butBusy: string | null): Promise<void> {
    this.main.busy.clear();
    if (butBusy !== null) this.main.busy.set(butBusy, 'RATE_LIMITED');
    this.disk.next = 'writes';
    for (const signed of this.unkept.values()) this.submit(signed);
    this.mend();
    await turn();
    for (let passedMs = 0; passedMs < HEALED_MS && this.waitingOf(butBusy).others > 0; passedMs += 5_000) await this.wait(5_000);
  }

  waitingOf(busy: string | null): { busy: number; others: number } {
    const all = [...this.outbox.waiting.values()];
    const mine = all.filter(({ actor: name }) => busy !== null && name.endsWith(`#${busy}`)).length;
    return { busy: mine, others: all.length - mine };
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const byActor = (all: readonly SignedCommand[]): Record<string, string[]> => {
  const lists: Record<string, string[]> = {};
  for (const { command: one } of all) (lists[one.actor.party] ??= []).push(one.id);
  return lists;
};

/**
 * Goal: whatever happens to line, disk and process, a command that was kept is decided once, in order per actor, and answered; nobody waits
 * for somebody else; whoever was told to come again waits first; and what others send in somebody's name leaves no trace (SEC-15). Method:
 * outbox and courier as they are, on a disk in memory and a clock that only the test moves, against a main venue that behaves as
 * `VenueDeliveries` does. Deliveries keep their order, as on a socket; answers travel in any.
 */
describe('outbox and courier under everything that can happen', () => {
  it('decide each kept command once and in order per actor, and store its first answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 60 }),
        delays,
        fc.option(fc.constantFrom(...ACTORS)),
        async (actions, travel, busy) => {
          const world = new World(travel);
          await world.start();
          for (const given of actions) await world.run(given);
          await world.heal(busy);
          // One who cannot be decided stops nobody else.
          expect(world.waitingOf(busy).others).toBe(0);
          await world.heal(null);
          const kept = world.disk.commands();
          expect(world.outbox.waitingCount).toBe(0);
          expect(byActor(world.main.decided)).toEqual(byActor(kept));
          expect(world.main.hurried).toEqual([]);
          expect(new Set(kept.map(({ command: { id } }) => id))).toEqual(world.kept);
          expect(kept.filter(({ command: { id } }) => world.junk.has(id))).toEqual([]);
          expect(await world.disk.fault()).toBeNull();
          for (const {
            command: { id },
          } of kept)
            expect(await world.outbox.answerOf(id)).toEqual(world.main.answers.get(id));
          world.cut();
          world.courier.onModuleDestroy();
          expect(world.clock.waiting).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  it('keep a command that comes at whatever moment another one is written', async () => {
    for (let ticks = 0; ticks <= TICKS_OF_A_WRITE; ticks += 1) {
      const outbox = new Outbox(new MemoryDisk(), newCrypto(), anybody, new FakeClock(), silent);
      await outbox.onModuleInit();
      const first = outbox.submit(command(ACTORS[0]));
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      let isKept = false;
      void outbox.submit(command(ACTORS[1])).then(() => (isKept = true));
      await first;
      await turn();
      expect({ ticks, isKept }).toEqual({ ticks, isKept: true });
    }
  });

  it('SEC-15 keep so many of one person and no more until the main venue answers, also over a restart; others and the node go on', async () => {
    const disk = new MemoryDisk();
    const clock = new FakeClock();
    const started = async (): Promise<Outbox> => {
      const outbox = new Outbox(disk, newCrypto(), anybody, clock, silent);
      await outbox.onModuleInit();
      return outbox;
    };
    const [flood, other] = ACTORS;
    const byPerson = (party: string): SignedCommand => ({ ...command(party), signer: { kind: 'certificate', certificate: 'AA' } });
    const before = await started();
    const sent = Array.from({ length: 1_200 }, () => byPerson(flood));
    const outcomes = await Promise.allSettled(sent.map((signed) => before.submit(signed)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1_000);
    const after = await started();
    await expect(after.submit(byPerson(flood))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await after.submit(byPerson(other));
    await after.submit(command('node:sub-1'));
    const main = new SimulatedMain();
    const [record] = await after.records([0]);
    if (record === undefined) throw new Error('no record');
    const reply = main.take({}, { ...record, pass: 0 });
    await after.settle('answer' in reply ? [reply] : []);
    await after.submit(byPerson(flood));
    expect(after.waitingCount).toBe(1_002);
  });
});
