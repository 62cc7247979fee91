import { describe, expect, it } from '@jest/globals';
import { initialLotState } from '@app/evaluation';
import type { Judge } from '@app/ledger';
import { CheckpointJudge } from '@app/ledger';
import { noteSuite } from '@app/sealing';
import { profile, silent, TestLog } from '../../test/support.js';
import { SignedStanding } from './signed-standing.js';

/** A standing over a log of `entries`; the note's signature is judged by the log's own key, its quorum is the test's to say. */
function begin(entries: number, isQuorate = false) {
  const log = new TestLog().append(entries);
  const real = new CheckpointJudge(noteSuite(profile), log.origin, () => log.noteSigner());
  const judge: Judge = { judge: (text, rules) => ({ ...real.judge(text, rules), isQuorate }) };
  const standing = new SignedStanding(log.origin, judge, silent);
  const state = (size: number) => ({ ...initialLotState(log.origin, 'a', 1), size });
  const held = (size: number, folded = size) => ({ size, tree: log.tree, state: state(folded) });
  return { log, standing, state, held };
}

describe('how much of a replica is signed', () => {
  it('grows with the notes that fit it, and an older note takes nothing back', () => {
    const { log, standing, held } = begin(5);
    expect(standing.offer(log.checkpoint(3), held(5))).toEqual({ kind: 'news' });
    expect(standing.offer(log.checkpoint(5), held(5))).toEqual({ kind: 'news' });
    expect(standing.offer(log.checkpoint(3), held(5))).toEqual({ kind: 'nothing' });
    expect([standing.checked, standing.quorate, standing.checkpoint]).toEqual([5, 0, log.checkpoint(5)]);
  });

  it('keeps a note for entries that are not held yet, once', () => {
    const { log, standing, held } = begin(5);
    expect(standing.offer(log.checkpoint(5), held(4))).toEqual({ kind: 'nothing' });
    expect([standing.takeAhead(), standing.takeAhead()]).toEqual([log.checkpoint(5), null]);
    expect(standing.checked).toBe(0);
  });

  it('takes a quorum only for entries of which the state is folded, and asks for it again then', () => {
    const { log, standing, state, held } = begin(5, true);
    standing.offer(log.checkpoint(5), held(5, 2));
    expect([standing.checked, standing.quorate]).toEqual([5, 0]);
    expect(standing.undecided(state(4))).toBeNull();
    expect(standing.undecided(state(5))).toBe(log.checkpoint(5));
    expect(standing.offer(log.checkpoint(5), held(5))).toEqual({ kind: 'news' });
    expect([standing.quorate, standing.undecided(state(5))]).toEqual([5, null]);
  });

  it('is contradicted by a signed root that is not its own', () => {
    const { log, standing, held } = begin(5);
    const forked = new TestLog().append(5);
    expect(standing.offer(log.checkpoint(5), { ...held(5), tree: forked.tree })).toMatchObject({ kind: 'contradicted' });
    expect(standing.checked).toBe(0);
  });

  it.each([
    ['is no note', () => 'hello'],
    ['another key signed', () => new TestLog().append(5).checkpoint(5)],
  ])('is not moved by what %s', (_name, text) => {
    const { standing, held } = begin(5);
    expect(standing.offer(text(), held(5))).toEqual({ kind: 'nothing' });
  });
});
