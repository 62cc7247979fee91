import { isAccessCommand } from '@app/contracts';
import { commandRule, EngineShelf, isAct, LotRun, lotOrigin } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Contributes } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import type { LogName } from './log-name.js';
import { LotStream } from './lot-stream.js';
import type { Addressed } from './stream-kind.js';
import { StreamKind } from './stream-kind.js';

/** Logs of lots: `<installation>/lot/<lot>/<round>`. */
@Contributes(StreamKind)
@Injectable()
export class LotKind extends StreamKind {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION'>,
    private readonly shelf: EngineShelf,
  ) {
    super();
  }

  holds({ lot, round }: LogName): boolean {
    return lot !== null && round !== null;
  }

  /** Acts before the deadline, and looks at recordings, name their lot and stand elsewhere: in the lot's own log they would be counted. */
  originOf({ lot, round, type }: Addressed): string | null {
    return lot === null || round === null || isAct(type) || isAccessCommand(type) ? null : lotOrigin(this.config.INSTALLATION, lot, round);
  }

  initial({ origin, lot, round }: LogName): LotStream {
    return new LotStream(LotRun.begin(this.shelf, { origin, lot: lot ?? '', round: round ?? 1 }));
  }

  founds(type: string): boolean {
    return commandRule(type)?.founds === true;
  }
}
