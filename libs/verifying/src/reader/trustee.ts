import { toHex } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import { ReleaseGate, type KeptLot, type Release } from '../judge/release-gate.js';
import type { JudgedLot } from './proven-keys.js';
import type { Judging } from './judging.js';
import type { ReadHead } from './read-head.js';
import type { AnchorState } from './seal.js';

/** A lot as this device reads it, for a person who keeps a key of it. */
export interface ReadLot extends Pick<JudgedLot, 'entries' | 'judgedSize'> {
  readonly run: LotRun | null;
  readonly head: ReadHead | null;
  readonly judging: Pick<Judging, 'standing' | 'rootOf' | 'size'> | null;
  readonly anchors: AnchorState;
}

/**
 * How a trustee's key stands: `pins`: nobody compared the keys that this device believes, or the venue names others; `judging`: not all is
 * judged; `doubt`: it stays here, for a reason; `clock`: it waits for `at`; `head`: for a quorum of witnesses of this moment; `due`: it may go.
 */
export type KeyStanding =
  | { readonly kind: 'pins' | 'judging' | 'head' | 'due' }
  | { readonly kind: 'doubt'; readonly detail: string }
  | { readonly kind: 'clock'; readonly at: string };

/** A person who keeps keys looks at a lot as a site's keeper does, by the same gate, with what this device was given and judged. */
export class Trustee {
  readonly #gate = new ReleaseGate();

  constructor(private readonly party: string) {}

  /** Of each purpose whose key is owed now. `now`: by this device's own clock. Look after every entry and every head. */
  look(lot: ReadLot, now: string): ReadonlyMap<string, KeyStanding> {
    const { run } = lot;
    if (run === null) return new Map();
    const duties = run.owed(this.party);
    const owed = duties.filter(({ command }) => command === 'sealing.release');
    const release = this.#gate.look(keptLot(lot, run), duties, now);
    return new Map(owed.map(({ subject, notBefore }) => [subject, standingOf(lot, subject, notBefore, release, now)]));
  }
}

function standingOf(lot: ReadLot, purpose: string, notBefore: string | null, release: Release, now: string): KeyStanding {
  if (lot.anchors !== 'pinned') return { kind: 'pins' };
  if (lot.judgedSize < lot.entries.length) return { kind: 'judging' };
  if (release.doubt !== null) return { kind: 'doubt', detail: release.doubt };
  if (notBefore !== null && now < notBefore) return { kind: 'clock', at: notBefore };
  return { kind: release.due.includes(purpose) ? 'due' : 'head' };
}

function keptLot({ entries, head, judging }: ReadLot, run: LotRun): KeptLot {
  const isCovering = head !== null && judging !== null && head.isSigned && head.isWitnessed && judging.size >= head.size;
  const differs = isCovering && toHex(judging.rootOf(head.size)) !== head.root;
  return {
    size: entries.length,
    quorateSize: isCovering ? head.size : 0,
    quorumAtMs: (isCovering ? head.witnessedAtMs : null) ?? 0,
    fault: differs ? `the entries do not give the root of the witnessed head of ${head.size}` : null,
    standing: judging?.standing ?? { size: 0, fault: null, held: null },
    run,
  };
}
