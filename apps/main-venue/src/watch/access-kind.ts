import { accessOrigin, isAccessCommand, readAccessOrigin } from '@app/contracts';
import { lotOrigin } from '@app/evaluation';
import type { Config } from '@app/platform';
import { Contributes } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, PROFILE } from '../core/tokens.js';
import type { LogName } from '../pipeline/log-name.js';
import { LogWriters } from '../pipeline/log-writers.js';
import { LotStream } from '../pipeline/lot-stream.js';
import type { Addressed } from '../pipeline/stream-kind.js';
import { StreamKind } from '../pipeline/stream-kind.js';
import { AccessStream } from './access-stream.js';

/** Access logs (查阅日志), one beside each lot's that was looked at: `<installation>/access/<lot>/<round>`. */
@Contributes(StreamKind)
@Injectable()
export class AccessKind extends StreamKind {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION'>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly writers: LogWriters,
  ) {
    super();
  }

  holds({ origin }: LogName): boolean {
    return readAccessOrigin(origin)?.installation === this.config.INSTALLATION;
  }

  originOf({ lot, round, type }: Addressed): string | null {
    return lot === null || round === null || !isAccessCommand(type) ? null : accessOrigin(this.config.INSTALLATION, lot, round);
  }

  initial({ origin }: LogName): AccessStream {
    const name = readAccessOrigin(origin);
    const watched = lotOrigin(this.config.INSTALLATION, name?.lot ?? '', name?.round ?? 1);
    return new AccessStream(this.profile, () => {
      const stream = this.writers.peek(watched)?.head.stream;
      return stream instanceof LotStream && stream.size > 0 ? stream : null;
    });
  }

  /** Whoever watches a lot has it opened: nobody fills the table by commands alone. */
  founds(): boolean {
    return false;
  }
}
