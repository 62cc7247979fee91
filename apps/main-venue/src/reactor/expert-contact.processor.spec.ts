import type { Answer, ErrorCode, JobProgress, Outcome, SignedCommand } from '@app/contracts';
import type { LotState, Pool } from '@app/evaluation';
import { FakeClock } from '@app/platform';
import type { JobContext } from '@app/platform/jobs';
import { describe, expect, it } from '@jest/globals';
import { profile } from '../../test/support/people.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { ExpertContactProcessor } from './expert-contact.processor.js';
import { NodeHand } from './node-hand.js';
import type { ContactResult } from './ports.js';
import { ExpertPool } from './ports.js';
import { drawingLot, ORIGIN } from './test/drawing-lot.js';

const AT = '2026-03-24T00:00:00.000Z';
const DECLINED: ContactResult = { outcome: 'DECLINED', reason: 'ill', evidence: null, seat: null, binding: null };

/** Takes commands and answers with these codes in turn, then accepts. */
class FakePipeline extends Pipeline {
  readonly taken: SignedCommand['command'][] = [];
  constructor(
    public state: LotState,
    private readonly codes: ErrorCode[] = [],
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
  lotRun(): Promise<never> {
    return Promise.reject(new Error('nobody asks for the lot under its engine here'));
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
  snapshot(): Promise<Pool> {
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
    new NodeHand(pipeline, new FakeClock(), profile, { node: profile.generateSigner('node') }),
  );
}

describe('a call to a drawn expert', () => {
  it('ends in the entry of its outcome', async () => {
    const [pipeline, pool] = [new FakePipeline(drawingLot(1)), new FakePool([DECLINED])];
    expect(await processorOn(pipeline, pool).run({ origin: ORIGIN, candidate: 'c-1' }, contextOf())).toBeUndefined();
    expect(pool.called).toEqual(['c-1 as expert-1']);
    expect(pipeline.taken).toMatchObject([
      { type: 'draw.record-contact', origin: ORIGIN, public: { candidate: 'c-1', outcome: 'DECLINED', reason: 'ill' } },
    ]);
  });

  it('is asked for again while it goes on, and its row counts how often', async () => {
    const [pipeline, pool] = [new FakePipeline(drawingLot(1)), new FakePool([])];
    const context = contextOf({ done: 4, total: null });
    expect(await processorOn(pipeline, pool).run({ origin: ORIGIN, candidate: 'c-1' }, context)).toEqual({ againInMs: 1_234 });
    expect(context.told).toEqual([{ done: 5, total: null }]);
    expect(pipeline.taken).toEqual([]);
  });

  it.each([
    ['whose outcome is recorded', drawingLot(1, ['c-1']), 'c-1'],
    ['whose turn it is not', drawingLot(1), 'c-3'],
    ['of a lot that is over', { ...drawingLot(1), status: 'TERMINATED' } satisfies LotState, 'c-1'],
  ])('is not made to an expert %s', async (_name, state, candidate) => {
    const [pipeline, pool] = [new FakePipeline(state), new FakePool([DECLINED])];
    expect(await processorOn(pipeline, pool).run({ origin: ORIGIN, candidate }, contextOf())).toBeUndefined();
    expect(pool.called).toEqual([]);
  });

  it('waits when its outcome cannot be recorded now, and ends when somebody recorded it', async () => {
    const results = [DECLINED, DECLINED, DECLINED];
    const pipeline = new FakePipeline(drawingLot(1), ['UNAVAILABLE', 'WRONG_STATE', 'E_ALREADY_DONE']);
    const sut = processorOn(pipeline, new FakePool(results));
    const run = (): Promise<unknown> => sut.run({ origin: ORIGIN, candidate: 'c-1' }, contextOf());
    await expect(run()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await run()).toEqual({ againInMs: expect.any(Number) });
    expect(await run()).toBeUndefined();
  });

  it('of one lot is recorded before the next one of it is asked for', async () => {
    const [pipeline, pool] = [new FakePipeline(drawingLot(3)), new FakePool([DECLINED, DECLINED, DECLINED])];
    const sut = processorOn(pipeline, pool);
    await Promise.all(['c-1', 'c-2', 'c-3'].map((candidate) => sut.run({ origin: ORIGIN, candidate }, contextOf())));
    expect(pool.atOnceMax).toBe(1);
    expect(pipeline.taken).toHaveLength(3);
  });
});
