import { v7 } from 'uuid';
import type { Clock } from '../clock/clock.js';

/** Source of identifiers: UUIDv7 (RFC 9562), lower case, so that they sort by the time they were made. */
export abstract class Ids {
  abstract next(): string;
}

export class SystemIds extends Ids {
  next(): string {
    return v7();
  }
}

/** Identifiers that repeat from run to run: the clock's time, then a counter in place of randomness. For tests. */
export class SequentialIds extends Ids {
  #count = 0;

  constructor(private readonly clock: Clock) {
    super();
  }

  next(): string {
    const random = new Uint8Array(16);
    new DataView(random.buffer).setUint32(12, ++this.#count);
    return v7({ msecs: this.clock.nowMs(), seq: this.#count, random });
  }
}
