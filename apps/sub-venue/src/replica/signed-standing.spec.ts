import { describe, expect, it } from '@jest/globals';
import { initialLotState } from '@app/evaluation';
import type { Judge } from '@app/ledger';
import { CheckpointJudge, cosign, formatNote, formatVerifierKey, parseCheckpointNote, SIGNATURE_TYPE, withSignatures } from '@app/ledger';
import { noteSigner, noteSuite } from '@app/sealing';
import { profile, silent, TestLog } from '../../test/support.js';
import { SignedStanding } from './signed-standing.js';

const NOW_MS = 1_774_315_800_000;

/** A standing over a log of `entries`; the note's signature is judged by the log's own key, its quorum is the test's to say. */
function begin(entries: number, isQuorate = false) {
  const log = new TestLog().append(entries);
  const real = new CheckpointJudge(noteSuite(profile), log.origin, () => log.noteSigner());
  const judge: Judge = { judge: (text, rules) => ({ ...real.judge(text, rules), isQuorate }) };
  const standing = new SignedStanding(log.origin, judge, silent);
  const state = (size: number) => ({ ...initialLotState(log.origin, 'a', 1), size });
  const held = (size: number, folded = size) => ({ size, tree: log.tree, state: state(folded), nowMs: NOW_MS });
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
    expect(standing.undecided(state(4))).toEqual([]);
    expect(standing.undecided(state(5))).toEqual([log.checkpoint(5)]);
    expect(standing.offer(log.checkpoint(5), held(5))).toEqual({ kind: 'news' });
    expect([standing.quorate, standing.undecided(state(5))]).toEqual([5, []]);
  });

  it('asks again for every note that waited for its state: the newest with a quorum may be older than the newest', () => {
    const log = new TestLog().append(5);
    const real = new CheckpointJudge(noteSuite(profile), log.origin, () => log.noteSigner());
    const judge: Judge = { judge: (text, rules) => ({ ...real.judge(text, rules), isQuorate: text === log.checkpoint(4) }) };
    const sut = new SignedStanding(log.origin, judge, silent);
    const held = (folded: number) => ({
      size: 5,
      tree: log.tree,
      state: { ...initialLotState(log.origin, 'a', 1), size: folded },
      nowMs: NOW_MS,
    });
    for (const size of [4, 5]) sut.offer(log.checkpoint(size), held(0));
    expect([sut.checked, sut.quorate, sut.checkpoint]).toEqual([5, 0, log.checkpoint(5)]);
    for (const note of sut.undecided(held(5).state)) sut.offer(note, held(5));
    expect([sut.checked, sut.quorate, sut.checkpoint]).toEqual([5, 4, log.checkpoint(5)]);
  });

  it('SEC-2 knows since when a quorum stands, also when a head is cosigned anew, and counts no cosignature from the future', () => {
    const suite = noteSuite(profile);
    const log = new TestLog().append(5);
    const signers = ['a', 'b'].map((name) =>
      noteSigner(profile.generateSigner('node'), `test/witness/${name}`, SIGNATURE_TYPE.cosignature),
    );
    const lines = signers.map((key, index) => `witness ${String(index)} ${formatVerifierKey(profile.hash, key)}`);
    const witnessPolicy = [...lines, 'group both 2 0 1', 'quorum both', ''].join('\n');
    const lot = initialLotState(log.origin, 'a', 1);
    const state = { ...lot, size: 5, setup: { ...lot.setup, witnessPolicy } };
    const standing = new SignedStanding(log.origin, new CheckpointJudge(suite, log.origin, () => log.noteSigner()), silent);
    const offer = (...secondsAfter: number[]) => {
      const note = parseCheckpointNote(log.checkpoint(5));
      const times = secondsAfter.map((after) => NOW_MS / 1_000 + after);
      const cosigned = withSignatures(
        note,
        times.map((time, index) => cosign(suite, note.text, signers[index]!, time)),
      );
      return standing.offer(formatNote(cosigned), { size: 5, tree: log.tree, state, nowMs: NOW_MS }).kind;
    };
    const since = (): number => (standing.quorumAtMs - NOW_MS) / 1_000;
    expect([offer(-40), standing.quorate]).toEqual(['news', 0]);
    expect([offer(-40, -30), standing.quorate, since()]).toEqual(['news', 5, -40]);
    expect([offer(-50, -30), since()]).toEqual(['nothing', -40]);
    expect([offer(61, -10), since()]).toEqual(['nothing', -40]);
    expect([offer(60, -10), since()]).toEqual(['news', -10]);
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
