import type { Answer, Outcome, SignedCommand } from '@app/contracts';
import type { LotRun, LotState } from '@app/evaluation';
import { initialLotState, MAIN_NODE } from '@app/evaluation';
import { createLogger, FakeClock } from '@app/platform';
import { runOf } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { profile } from '../../test/support/people.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { QuorumSource } from '../core/ports.js';
import { NodeHand } from './node-hand.js';
import type { NodeAct, Performer, Tools } from './performer.js';
import { PERFORMERS } from './performers/index.js';
import { Reactor, RETRY_MS } from './reactor.js';

const ORIGIN = 'gongping.test/lot/lot-1/1';
const UNTIL = '2026-03-24T00:00:00.000Z';

/** A lot whose publicity of candidates is over: the node owes its end. */
function owing(): LotState {
  const state = initialLotState(ORIGIN, 'lot-1', 1);
  return {
    ...state,
    status: 'CANDIDATE_PUBLICITY',
    parties: { [MAIN_NODE]: { roles: ['node'], admittedAs: ['node'], venue: 'main', seat: null, seq: 0 } },
    award: { ...state.award, publicity: { from: UNTIL, until: UNTIL, late: false, candidates: [] } },
  };
}

/** Answers with these codes in turn, then accepts, after which nothing is owed. */
class FakePipeline extends Pipeline {
  readonly types: string[] = [];
  #state = owing();

  constructor(private readonly codes: string[]) {
    super();
  }
  submit({ command }: SignedCommand): Promise<Answer> {
    this.types.push(command.type);
    const code = this.codes.shift();
    if (code === undefined) this.#state = { ...this.#state, status: 'AWARDING' };
    const outcome: Outcome =
      code === undefined
        ? { ok: true, id: command.id, origin: ORIGIN, seq: 0, at: UNTIL, leaf: '' }
        : { ok: false, id: command.id, code, message: 'x', at: UNTIL };
    return Promise.resolve({ outcome } as Answer);
  }
  lotState(): Promise<never> {
    return Promise.reject(new Error('the reactor asks for the lot under its engine'));
  }
  lotRun(): Promise<LotRun> {
    return Promise.resolve(runOf(this.#state));
  }
  onAppended(): () => void {
    return () => undefined;
  }
}

class NoQuorum extends QuorumSource {
  witnessed(): number {
    return 0;
  }
  onWitnessed(): () => void {
    return () => undefined;
  }
}

/** Owes these until each was submitted once. */
class OwingPipeline extends FakePipeline {
  readonly #owed: string[];
  readonly seenBegun: string[][] = [];

  constructor(
    owed: readonly string[],
    private readonly begun: readonly string[],
  ) {
    super([]);
    this.#owed = [...owed];
  }
  override submit(): Promise<Answer> {
    this.seenBegun.push([...this.begun]);
    this.#owed.shift();
    return Promise.resolve({ outcome: { ok: true, id: '', origin: ORIGIN, seq: 0, at: UNTIL, leaf: '' } } as Answer);
  }
  override lotRun(): Promise<LotRun> {
    const duties = this.#owed.map((subject) => ({ party: MAIN_NODE, command: 'opening.extract-bid', subject, notBefore: null }));
    const run: unknown = { state: owing(), owed: () => duties, limits: () => [] };
    return Promise.resolve(run as LotRun);
  }
}

function reactorOn(pipeline: Pipeline, clock: FakeClock, performers = PERFORMERS): Reactor {
  const hand = new NodeHand(pipeline, clock, profile, { node: profile.generateSigner('node') });
  const logger = createLogger({ name: 'test', level: 'silent' });
  const quorum = new NoQuorum();
  return new Reactor({
    pipeline,
    hand,
    clock,
    logger,
    quorum,
    performers,
    tools: {} as Tools,
    wakeAt: () => Promise.resolve(),
  });
}

describe('the reactor', () => {
  it('tries a duty again that the database was not there for, although nothing in the lot has changed', async () => {
    const pipeline = new FakePipeline(['UNAVAILABLE']);
    const clock = new FakeClock();
    const sut = reactorOn(pipeline, clock);
    await sut.look(ORIGIN);
    expect(pipeline.types).toEqual(['award.close-publicity']);
    await clock.advance(RETRY_MS);
    await sut.close();
    expect(pipeline.types).toEqual(['award.close-publicity', 'award.close-publicity']);
  });

  it('leaves a duty that the rules refuse until something changes', async () => {
    const pipeline = new FakePipeline(['E_OBJECTION_OPEN']);
    const clock = new FakeClock();
    const sut = reactorOn(pipeline, clock);
    await sut.look(ORIGIN);
    await clock.advance(10 * RETRY_MS);
    await sut.close();
    expect(pipeline.types).toEqual(['award.close-publicity']);
  });

  it('ends with a lot that was to be looked after again, and leaves no timer', async () => {
    const pipeline = new FakePipeline(['UNAVAILABLE']);
    const clock = new FakeClock();
    const sut = reactorOn(pipeline, clock);
    await sut.look(ORIGIN);
    await sut.close();
    expect(clock.waiting).toBe(0);
  });

  it('makes the next long piece of work ready while the one before is sent, and does none of it twice', async () => {
    const begun: string[] = [];
    const pipeline = new OwingPipeline(['a', 'b', 'c'], begun);
    const act = ({ subject }: { readonly subject: string }): Promise<NodeAct> => {
      begun.push(subject);
      return Promise.resolve({ payload: { bid: subject } });
    };
    const performer: Performer = {
      command: 'opening.extract-bid',
      needsQuorum: false,
      isLong: true,
      act: (_state, duty) => act(duty),
    };
    const sut = reactorOn(pipeline, new FakeClock(), [performer]);
    await sut.look(ORIGIN);
    await sut.close();
    expect(pipeline.seenBegun).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    expect(begun).toEqual(['a', 'b', 'c']);
  });
});
