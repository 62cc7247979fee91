import { toHex } from '@app/contracts';
import type { JudgedFault } from '@app/evaluation';
import type { Fault, Verdict } from '../findings.js';
import type { EntryOutcome } from '../judge/lot-judge.js';
import type { Judging } from './judging.js';
import type { ReadHead } from './read-head.js';

/**
 * What may be said of one check. `unnamed`: the signature was looked at and is that of a member's attested key, who he is is not shown.
 * `pending`: not yet. `unanchored`: in order by what the log says of itself, and nobody knows whose keys they are.
 */
export type CheckVerdict = 'pass' | 'unnamed' | 'fail' | 'not-visible' | 'erased' | 'unanchored' | 'pending';
/** The judge's checks by their id, and what stands above one entry: its place under the head, the head, the keys that are believed. */
export type CheckName = JudgedFault['check'] | 'inclusion' | 'checkpoint' | 'anchors';

/**
 * `verified`: this device found everything in order that the fact rests on. `unnamed`: the same, of a signer who is not shown. `partial`:
 * what it was given is in order, and it was not given everything. `unverified`: not yet, or nobody compared the keys. `broken`: something is
 * wrong.
 */
export type SealState = 'verified' | 'unnamed' | 'partial' | 'unverified' | 'broken';

/** What is wrong in an entry: which check found it, and the judge's own words, in English. */
export interface WrongEntry {
  readonly seq: number;
  readonly check: JudgedFault['check'];
  readonly detail: string;
}

export interface Seal {
  readonly state: SealState;
  readonly checks: readonly (readonly [CheckName, CheckVerdict])[];
  /** What is wrong with this entry. */
  readonly wrong: WrongEntry | null;
  /** An entry before it that is wrong, or that could not be judged whole: this one rests on it. */
  readonly after: { readonly wrong: number | null; readonly unjudged: number | null };
  /** Hash of its leaf, hexadecimal; empty before it was judged. */
  readonly leaf: string;
}

/** How the keys stand that this device believes: nobody compared them, they are pinned, or the venue names others. */
export type AnchorState = 'none' | 'pinned' | 'changed';

const WORD: Record<Verdict, CheckVerdict | null> = {
  PASS: 'pass',
  FAIL: 'fail',
  'NOT VISIBLE': 'not-visible',
  ERASED: 'erased',
  'NOT AUTHENTICATED': 'unanchored',
  'NOTHING TO CHECK': null,
};
const ANCHORS: Record<AnchorState, CheckVerdict> = { none: 'unanchored', pinned: 'pass', changed: 'fail' };

/** What the judge has said by now. */
type Judged = Pick<Judging, 'outcomeOf' | 'attests' | 'wrong' | 'unjudged' | 'size' | 'leafHash' | 'rootOf'>;

/** The seal of one entry, of what is known by now. */
export function sealOf(seq: number, judging: Judged | null, head: ReadHead | null, anchors: AnchorState): Seal {
  const outcome = judging?.outcomeOf(seq) ?? null;
  if (judging === null || outcome === null) return PENDING;
  const unnamed = unnamedChecks(outcome, judging);
  const judged = Object.entries(outcome.checks).flatMap(([name, verdict]): [CheckName, CheckVerdict][] => {
    const word = WORD[verdict];
    if (word === null) return [];
    return [[name as CheckName, word === 'not-visible' && unnamed.includes(name) ? 'unnamed' : word]];
  });
  const checks: Seal['checks'] = [
    ...judged,
    ['inclusion', inclusion(seq, judging, head)],
    ['checkpoint', checkpoint(seq, head)],
    ['anchors', ANCHORS[anchors]],
  ];
  const before = (at: number | null): number | null => (at !== null && at < seq ? at : null);
  const after = { wrong: before(judging.wrong), unjudged: before(judging.unjudged) };
  const [fault] = outcome.faults;
  const wrong = fault === undefined ? null : wrongEntry(seq, fault);
  return { state: stateOf(checks, after), checks, wrong, after, leaf: toHex(judging.leafHash(seq)) };
}

/** What the judge found in an entry. */
export const wrongEntry = (seq: number, { check, where, reason }: Fault): WrongEntry => ({
  seq,
  check: check as JudgedFault['check'],
  detail: `${where}: ${reason}`,
});

/** Checks of an entry that lack nothing but its signer, whose key of the lot was attested. */
const unnamedChecks = ({ unnamed }: EntryOutcome, judging: Judged): readonly string[] =>
  unnamed !== null && judging.attests(unnamed.key) ? unnamed.checks : [];

const PENDING: Seal = { state: 'unverified', checks: [], wrong: null, after: { wrong: null, unjudged: null }, leaf: '' };

/** Red outweighs amber, and that what cannot be seen. */
function stateOf(checks: Seal['checks'], after: Seal['after']): SealState {
  const some = (...words: readonly CheckVerdict[]): boolean => checks.some(([, verdict]) => words.includes(verdict));
  if (some('fail')) return 'broken';
  if (some('pending', 'unanchored') || after.wrong !== null) return 'unverified';
  if (some('not-visible', 'erased') || after.unjudged !== null) return 'partial';
  return some('unnamed') ? 'unnamed' : 'verified';
}

/** The root over the headers at hand is the one that the head names. */
function inclusion(seq: number, judging: Judged, head: ReadHead | null): CheckVerdict {
  if (head === null || head.size <= seq || judging.size < head.size) return 'pending';
  return toHex(judging.rootOf(head.size)) === head.root ? 'pass' : 'fail';
}

/** Green needs the log's own signature and the quorum, of the policy that the lot froze and of the pinned one. */
function checkpoint(seq: number, head: ReadHead | null): CheckVerdict {
  if (head === null) return 'pending';
  if (!head.isSigned) return 'fail';
  return head.size > seq && head.isWitnessed ? 'pass' : 'pending';
}
