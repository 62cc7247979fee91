import type { LotRun } from '@app/evaluation';
import { Clock } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import type { Lack } from './witness.types.js';
import { JudgedLogs } from './witness.types.js';

/** How long a head waits for entries that are on their way here; less than the log waits for its witness. */
const ENTRIES_WAIT_MS = 2_000;

type Followed = Pick<Replica, 'size' | 'fault' | 'standing'> & { readonly run: Pick<LotRun, 'engine' | 'foundedUntil'> };

/** What the replicas of this site, and their judges, say of a head. */
@Injectable()
export class ReplicaJudgements extends JudgedLogs {
  constructor(
    @Inject(Replicas) private readonly replicas: Pick<Replicas, 'listen'> & { find(origin: string): Followed | undefined },
    private readonly clock: Clock,
  ) {
    super();
  }

  lack(origin: string, size: number, firstSeenAt: string | null): Lack | null {
    const replica = this.replicas.find(origin);
    if (replica === undefined) return null;
    // A fault is told first: a replica that contradicts what was signed takes no more entries.
    const fault = faultOf(replica);
    if (fault !== null) return { isWrong: true, reason: `the entries under this head are not good: ${fault.slice(0, REASON_SHOWN_MAX)}` };
    const held = judgedSize(replica);
    if (held < size) return { isWrong: false, reason: `${String(held)} of these entries are here and judged` };
    return unseenInTime(replica, firstSeenAt ?? this.clock.instant());
  }

  arrival(origin: string, size: number): Promise<void> {
    const isOver = (): boolean => {
      const replica = this.replicas.find(origin);
      return replica === undefined || faultOf(replica) !== null || judgedSize(replica) >= size;
    };
    return new Promise((resolve) => {
      const done = (): void => {
        stopListening();
        cancel();
        resolve();
      };
      const look = (replica: { readonly origin: string }): void => {
        if (replica.origin === origin && isOver()) done();
      };
      const stopListening = this.replicas.listen({ folded: look, refolded: look, broken: look });
      const cancel = this.clock.after(ENTRIES_WAIT_MS, done);
      if (isOver()) done();
    });
  }
}

/**
 * Whoever holds the main venue's keys can date a new lot back to when its rules still founded lots; a witness that saw none of its heads then
 * does not make it old.
 */
function unseenInTime({ run }: Followed, firstSeenAt: string): Lack | null {
  const until = run.foundedUntil;
  if (until === null || firstSeenAt <= until) return null;
  return { isWrong: true, reason: `this witness first saw the log at ${firstSeenAt}, and ${run.engine} founds lots until ${until}` };
}

const faultOf = ({ fault, standing }: Followed): string | null => fault ?? standing.fault;

/** Characters of a fault that a log is told. */
const REASON_SHOWN_MAX = 300;

/** Entries that are on this site's disk and judged. */
const judgedSize = ({ size, standing }: Followed): number => Math.min(size, standing.size);
