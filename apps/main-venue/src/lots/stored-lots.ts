import type { Head, LotSummary, SentEntry } from '@app/contracts';
import { lotOrigin } from '@app/evaluation';
import type { Config } from '@app/platform';
import type { HeldLot, MovedListener, SessionFacts } from '@app/venue';
import { LotSource } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { LogWriters } from '../pipeline/log-writers.js';
import { LotStream } from '../pipeline/lot-stream.js';
import { EntryReader, Pipeline } from '../pipeline/pipeline.types.js';
import { LotDirectory } from './lot-directory.js';

/** The main venue's lots: states as its writers fold them, entries from its store, lists from its projections. */
@Injectable()
export class StoredLots extends LotSource {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly writers: LogWriters,
    private readonly reader: EntryReader,
    private readonly pipeline: Pipeline,
    private readonly directory: LotDirectory,
    private readonly checkpoints: CheckpointLog,
  ) {
    super();
  }

  async find(lot: string, round: number): Promise<HeldLot | null> {
    const origin = lotOrigin(this.config.INSTALLATION, lot, round);
    const writer = this.writers.peek(origin) ?? (await this.writers.load({ origin, lot, round }));
    const stream = writer?.head.stream;
    if (!(stream instanceof LotStream) || stream.size === 0) return null;
    const { run, bindings } = stream;
    return { origin, lot, round, run, size: () => this.reader.size(origin), partiesOf: (session) => partiesOf(bindings, session) };
  }

  entries(origin: string, from: number, limit: number): Promise<readonly SentEntry[]> {
    return this.reader.read(origin, from, limit);
  }

  head(origin: string): Promise<Head | null> {
    return this.checkpoints.head(origin);
  }

  renewHead(origin: string): Promise<void> {
    this.checkpoints.renew(origin);
    return Promise.resolve();
  }

  summary(origin: string): Promise<LotSummary | null> {
    return this.directory.one(origin);
  }

  mine(session: SessionFacts): Promise<LotSummary[]> {
    return this.directory.ofPerson(session);
  }

  open(): Promise<LotSummary[]> {
    return this.directory.ofPublic();
  }

  onMoved(listener: MovedListener): () => void {
    return this.pipeline.onAppended(listener);
  }

  onHead(listener: (origin: string) => void): () => void {
    return this.checkpoints.onCheckpoint((origin) => {
      listener(origin);
    });
  }
}

/** The parties that this person's certificate may act for. */
function partiesOf(bindings: LotStream['bindings'], session: SessionFacts | null): string[] {
  if (session === null) return [];
  const parties: string[] = [];
  for (const [party, { person, organisation, certificate, nodeKey }] of bindings) {
    if (nodeKey !== null || (certificate !== null && certificate !== session.fingerprint)) continue;
    if (person !== null ? person !== session.person.id : organisation === null || organisation !== session.organisation?.id) continue;
    parties.push(party);
  }
  return parties.sort();
}
