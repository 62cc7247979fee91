import type { PlatformEntry } from '@app/archive';
import { toHex } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { SignedCheckpoint } from '../log/log.types.js';
import { LogTrees } from '../log/log-trees.js';
import { EntryReader } from '../pipeline/pipeline.types.js';

/** Entries of the platform log as they are shown to stand under a head of it. */
@Injectable()
export class PlatformEntries {
  constructor(
    private readonly trees: LogTrees,
    private readonly reader: EntryReader,
  ) {}

  /** By number; each must be under this head. */
  async under({ origin, size }: Pick<SignedCheckpoint, 'origin' | 'size'>, seqs: readonly number[]): Promise<Map<number, PlatformEntry>> {
    const tree = await this.trees.at(origin, size);
    const paths = new Map(seqs.map((seq) => [seq, tree.inclusionProof(seq, size).map(toHex)]));
    const entries = new Map<number, PlatformEntry>();
    for (const [batch, path] of paths) {
      const [entry] = await this.reader.read(origin, batch, 1);
      const opening = entry?.parts['command'];
      if (entry === undefined || opening === undefined) throw new DomainError('INTERNAL', `platform entry ${String(batch)} is incomplete`);
      entries.set(batch, { batch, header: entry.header, opening, path });
    }
    return entries;
  }
}
