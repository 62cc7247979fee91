import type { Answer, ErrorCode, JobProgress, Outcome, SignedCommand } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { LotRun } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import { runOf } from '@app/testing/play';
import type { JobContext } from '@app/platform/jobs';
import { describe, expect, it } from '@jest/globals';
import { profile } from '../../test/support/people.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { ExpertContactProcessor } from './expert-contact.processor.js';
import { NodeHand } from './node-hand.js';
import type { ContactResult } from './ports.js';
import { PoolLists } from './pool-lists.js';
import { ExpertPool } from './ports.js';
import { drawingLot, ORDER, ORIGIN } from './test/drawing-lot.js';

const AT = '2026-03-24T00:00:00.000Z';
const [FIRST = '', SECOND = '', THIRD = ''] = ORDER;
const PERSON = { id: 'person-1', salt: 'c2FsdA' };
const DECLINED: ContactResult = { person: PERSON, outcome: 'DECLINED', reason: 'ill', evidence: null, seat: null, binding: null };

/** Takes commands and answers with these codes in turn, then accepts. */
class FakePipeline extends Pipeline {
  readonly taken: SignedCommand['command'][] = [];
  constructor(
    public state: LotState,
    private readonly codes: ErrorCode[] = [],
    private readonly isOld = false,
    private readonly isNamed = isOld,
  ) {
    super();
  }
  submit({ command }: SignedCommand): Promise<Answer> {
    this.taken.push(command);
    const code = this.codes.shift();
    const outcome: Outcome =
      code === undefined
        ? { ok: true, id: command.id, origin: ORIGIN, seq: 0, at: AT, leaf: '' }
        : { ok: false, id: command.id, code, message: 'x', at: AT };
    return Promise.resolve({ outcome } as Answer);
  }
  lotState(): Promise<LotState> {
    return Promise.resolve(this.state);
  }
  lotRun(): Promise<LotRun> {
    const facts = {
      state: { value: this.state },
      owed: { value: (party: string) => runOf(this.state).owed(party) },
      takes: { value: () => !this.isNamed },
      choices: { value: () => (this.isOld ? [] : ['ACCEPTED']) },
    };
    return Promise.resolve(Object.create(LotRun.prototype, facts) as LotRun);
  }
  onAppended(): () => void {
    return () => undefined;
  }
}

/** Answers with these results in turn; counts who is on the line at one time. */
class FakePool extends ExpertPool {
  readonly askAgainMs = 1_234;
  readonly called: string[] = [];
  atOnce = 0;
  atOnceMax = 0;
  constructor(private readonly results: (ContactResult | null)[]) {
    super();
  }
  snapshot(): Promise<never> {
    throw new Error('not asked here');
  }
  listed(): Promise<never> {
    throw new Error('not asked here');
  }
  async contact(_state: LotState, candidate: string, party: string): Promise<ContactResult | null> {
    this.called.push(`${candidate} as ${party}`);
    this.atOnce += 1;
    this.atOnceMax = Math.max(this.atOnceMax, this.atOnce);
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.atOnce -= 1;
    return this.results.shift() ?? null;
  }
}

function contextOf(reached: JobProgress | null = null): JobContext & { readonly told: JobProgress[] } {
  const told: JobProgress[] = [];
  return {
    id: '0',
    key: 'k',
    attempt: 1,
    reached,
    signal: new AbortController().signal,
    told,
    progress: (progress) => Promise.resolve(void told.push(progress)),
    doneIn: () => Promise.reject(new Error('not used')),
  };
}

function processorOn(pipeline: FakePipeline, pool: FakePool): ExpertContactProcessor {
  return new ExpertContactProcessor(
    pipeline,
    pool,
    new PoolLists({ open: () => Promise.resolve(null) }, profile),
    new NodeHand(pipeline, new FakeClock(), profile, { node: profile.generateSigner('node') }),
  );
}

const PAYLOAD = { origin: ORIGIN };

describe('a call to a drawn expert', () => {
  it('goes to whom the seed put next, and ends in the entry of its outcome with the proof', async () => {
    const [pipeline, pool] = [new FakePipeline(drawingLot(1, [FIRST])), new FakePool([DECLINED])];
    expect(await processorOn(pipeline, pool).run(PAYLOAD, contextOf())).toBeUndefined();
    expect(pool.called).toEqual([`${SECOND} as expert-1`]);
    expect(pipeline.taken).toMatchObject([
      { type: 'draw.record-call', origin: ORIGIN, public: { candidate: SECOND, outcome: 'DECLINED', reason: 'ill' } },
    ]);
    expect(Object.keys(pipeline.taken[0]?.secrets ?? {})).toEqual(['turn']);
  });

  it('of a lot under engine 0.1.0 ends in the entry that this one takes', async () => {
    const pipeline = new FakePipeline(drawingLot(1), [], true);
    await processorOn(pipeline, new FakePool([DECLINED])).run(PAYLOAD, contextOf());
    expect(pipeline.taken).toMatchObject([{ type: 'draw.record-contact', public: { candidate: FIRST }, secrets: {} }]);
  });

  it('B3 says seats in public and places for which nobody is left by nothing only where the lot runs under an engine up to 0.3.0', async () => {
    const [next, named] = [new FakePipeline(drawingLot(1)), new FakePipeline(drawingLot(1), [], false, true)];
    for (const each of [next, named]) await processorOn(each, new FakePool([DECLINED])).run(PAYLOAD, contextOf());
    expect([next, named].map(({ taken }) => Object.keys(taken[0]?.public ?? {}).at(-1))).toEqual(['place', 'seat']);
    const left = [new FakePipeline(drawingLot(1, ORDER)), new FakePipeline(drawingLot(1, ORDER), [], false, true)];
    for (const each of left) await processorOn(each, new FakePool([])).run(PAYLOAD, contextOf());
    expect(left.map(({ taken }) => taken[0]?.public)).toEqual([{ places: ['s-1'] }, {}]);
  });

  it('is asked for again while it goes on, and its row counts how often', async () => {
    const [pipeline, pool] = [new FakePipeline(drawingLot(1)), new FakePool([])];
    const context = contextOf({ done: 4, total: null });
    expect(await processorOn(pipeline, pool).run(PAYLOAD, context)).toEqual({ againInMs: 1_234 });
    expect(context.told).toEqual([{ done: 5, total: null }]);
    expect(pipeline.taken).toEqual([]);
  });

  it('is none when nobody is left: that is recorded, where the engine takes it', async () => {
    const [pipeline, old] = [new FakePipeline(drawingLot(1, ORDER)), new FakePipeline(drawingLot(1, ORDER), [], true)];
    const pool = new FakePool([DECLINED]);
    for (const each of [pipeline, old]) expect(await processorOn(each, pool).run(PAYLOAD, contextOf())).toBeUndefined();
    expect(pool.called).toEqual([]);
    expect([pipeline.taken.map(({ type }) => type), old.taken]).toEqual([['draw.record-exhaustion'], []]);
  });

  it.each([
    ['whose places are filled', drawingLot(0)],
    ['that is over', { ...drawingLot(1), status: 'TERMINATED' } satisfies LotState],
    ['that is suspended', { ...drawingLot(1), status: 'SUSPENDED' } satisfies LotState],
  ])('is not made in a lot %s', async (_name, state) => {
    const [pipeline, pool] = [new FakePipeline(state), new FakePool([DECLINED])];
    expect(await processorOn(pipeline, pool).run(PAYLOAD, contextOf())).toBeUndefined();
    expect([pool.called, pipeline.taken]).toEqual([[], []]);
  });

  it('waits when the list of candidates is not there', async () => {
    const state = drawingLot(1);
    const { pool } = state.draw;
    if (pool === null) throw new Error('no pool');
    const lost: LotState = { ...state, draw: { ...state.draw, pool: { ...pool, listed: null, blob: 'ab'.repeat(32), seq: 3 } } };
    const run = processorOn(new FakePipeline(lost), new FakePool([DECLINED])).run(PAYLOAD, contextOf());
    await expect(run).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('waits when its outcome cannot be recorded now, and ends when somebody recorded it', async () => {
    const results = [DECLINED, DECLINED, DECLINED];
    const pipeline = new FakePipeline(drawingLot(1), ['UNAVAILABLE', 'WRONG_STATE', 'E_ALREADY_DONE']);
    const sut = processorOn(pipeline, new FakePool(results));
    const run = (): Promise<unknown> => sut.run(PAYLOAD, contextOf());
    await expect(run()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await run()).toEqual({ againInMs: expect.any(Number) });
    expect(await run()).toBeUndefined();
  });

  it('of one lot is recorded before the next one of it is asked for', async () => {
    const [pipeline, pool] = [new FakePipeline(drawingLot(3)), new FakePool([DECLINED, DECLINED, DECLINED])];
    const sut = processorOn(pipeline, pool);
    await Promise.all([FIRST, SECOND, THIRD].map(() => sut.run(PAYLOAD, contextOf())));
    expect(pool.atOnceMax).toBe(1);
    expect(pipeline.taken).toHaveLength(3);
  });
});
