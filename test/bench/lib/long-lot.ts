import type { SentEntry, VisibleEntry } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { seat, untilLocked } from '@app/testing/play';
import { Certified } from '../../../libs/verifying/test/support/certified.js';

/**
 * The log of a lot that is as long as anybody asks: it is suspended and resumed again and again. Every entry is whole, signed by a
 * certificate and decided by the rules, and the state stays as large as it is. Entries are made on demand: a million lie in nobody's memory.
 */
export class LongLot {
  private constructor(
    readonly keys: Certified,
    readonly play: Play,
    /** The lot before its first entry. */
    readonly beginning: LotRun,
  ) {}

  static async found(): Promise<LongLot> {
    const keys = await Certified.of(TV_E2E_01);
    const play = seat(TV_E2E_01, 1, undefined, keys);
    const beginning = play.table.run;
    untilLocked(play);
    return new LongLot(keys, play, beginning);
  }

  /** The next entries of the log, the founding one first: what they say, and as they are sent. */
  next(count: number): { entries: VisibleEntry[]; sent: SentEntry[] } {
    const { table } = this.play;
    const cause = { cause: 'OUTAGE', reason: 'The hall has no current.' };
    const resumption = { reason: 'The current is back.', deadline: null };
    while (table.sent.length < count)
      if (table.state.status === 'SUSPENDED') table.act('agency', 'lot.resume', resumption);
      else table.act('agency', 'lot.suspend', cause);
    // The table keeps all that it played; nobody asks it again.
    table.contexts.length = 0;
    return { entries: table.entries.splice(0, count), sent: table.sent.splice(0, count) };
  }
}
