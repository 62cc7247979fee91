import type { Context, JsonObject, Outcome } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import type { Refused } from '@app/evaluation';
import { isGrantedFor } from '@app/sealing';
import type { Batch, LogAppend } from '@app/ledger/store';
import { Clock } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Admitted } from './command-door.js';
import type { BuiltEntry } from './entry-builder.js';
import { EntryBuilder } from './entry-builder.js';
import type { LogWriter, WriterHead } from './log-writers.js';
import type { ProjectionRows } from './projections.js';
import { Projections } from './projections.js';
import { fitsBinding } from './signer-facts.js';
import type { Stream } from './stream.js';

/** A command on its way: through the door, its log at hand, its facts looked up. */
export interface Job {
  readonly admitted: Admitted;
  readonly writer: LogWriter;
  readonly facts: JsonObject;
  readonly resolve: (outcome: Outcome) => void;
}

interface LogPart {
  readonly before: WriterHead;
  readonly entries: BuiltEntry[];
}

/** Commands decided and not yet committed: what one transaction will hold. */
export class OpenBatch {
  readonly decided: { readonly job: Job; readonly outcome: Outcome }[] = [];
  readonly logs = new Map<LogWriter, LogPart>();
  readonly refusals: { readonly job: Job; readonly outcome: Outcome }[] = [];

  get size(): number {
    return this.decided.length;
  }
}

/** Second half of the pipeline: rule, entry, next state. Synchronous, so that nothing comes between a state and its next entry. */
@Injectable()
export class BatchBuilder {
  constructor(
    private readonly clock: Clock,
    private readonly entries: EntryBuilder,
    private readonly projections: Projections,
  ) {}

  /** Decides a job on its log's newest state and moves that state on. */
  decide(batch: OpenBatch, job: Job): void {
    const outcome = this.#outcome(batch, job);
    batch.decided.push({ job, outcome });
    if (!outcome.ok) batch.refusals.push({ job, outcome });
  }

  /** The transaction of a batch. */
  transaction(batch: OpenBatch): Batch {
    const logs: LogAppend[] = [];
    const rows: ProjectionRows = {};
    for (const [writer, { before, entries }] of batch.logs) {
      const last = entries.at(-1);
      if (last === undefined) continue;
      logs.push({
        logId: writer.logId,
        origin: writer.origin,
        size: before.stream.size,
        frontier: writer.head.frontier.toBytes(),
        at: last.header.at,
        entries: entries.map((entry) => entry.row),
      });
      this.projections.project({ writer, before: before.stream, after: writer.head.stream, entries }, rows);
    }
    const answers = batch.refusals.map(({ job, outcome }) => ({
      id: job.admitted.signed.command.id,
      request: job.admitted.request,
      outcome: canonicalText(outcome),
    }));
    return { logs, answers, extensions: rows };
  }

  #outcome(batch: OpenBatch, job: Job): Outcome {
    const { admitted, writer } = job;
    const { command, openings } = admitted.signed;
    const { head } = writer;
    const now = this.clock.instant();
    const at = now > head.at ? now : head.at;
    const refused = (refusal: Refused): Outcome => ({ ok: false, id: command.id, code: refusal.code, message: refusal.message, at });
    const context: Context = {
      v: 1,
      at,
      engine: head.stream.engineFor(command),
      actor: { party: command.actor.party, assurance: admitted.signer.assurance },
      certificate: admitted.signer.assurance === 'node' ? 'node' : 'good',
      facts: job.facts,
    };
    if (head.stream.size > 0) {
      const stranger = strangerFault(job) ?? seatFault(admitted, head.stream);
      if (stranger !== null) return refused(stranger);
    }
    const decision = head.stream.decide({ command, openings }, context);
    if (!decision.ok) return refused(decision);
    const entry = this.entries.build({
      seq: head.stream.size,
      signed: admitted.signed,
      commandText: admitted.commandText,
      request: admitted.request,
      context,
      signer: admitted.signer,
      events: decision.events,
      derived: decision.derived ?? {},
    });
    const stream = head.stream.next(entry.visible);
    if (head.stream.size === 0) {
      // The founding entry names its parties itself: whoever signed it must be the one it says he is.
      const binding = stream.bindingOf(command.actor.party);
      if (binding === undefined || !fitsBinding(admitted.signer, binding)) return refused(noPart(command.actor.party));
    }
    // Who signs in takes the seat that his key was granted for.
    const displaced = seatFault(admitted, stream);
    if (displaced !== null) return refused(displaced);
    const frontier = head.frontier.clone();
    frontier.append(entry.row.leaf);
    const part = batch.logs.get(writer) ?? { before: head, entries: [] };
    part.entries.push(entry);
    batch.logs.set(writer, part);
    writer.head = { stream, frontier, at };
    return { ok: true, id: command.id, origin: writer.origin, seq: entry.header.seq, at, leaf: entry.leaf };
  }
}

/** Null, or why the signer is not the party that the command names. A party the lot does not know is left to the rules. */
function strangerFault({ admitted, writer }: Job): Refused | null {
  const { party } = admitted.signed.command.actor;
  const binding = writer.head.stream.bindingOf(party);
  if (binding !== undefined && fitsBinding(admitted.signer, binding)) return null;
  return noPart(party);
}

/** Null, or why a session key may not act where its party sits: a key that was taken from one seat is of no use at another. */
function seatFault({ signed: { command }, signer }: Admitted, stream: Stream): Refused | null {
  const seat = (): string | null => stream.seatOf(command.actor.party);
  if (isGrantedFor(signer.ref, seat)) return null;
  const message = `The session key was granted for another seat than ${String(seat())}. Grant one for this seat.`;
  return { ok: false, code: 'E_SEAT_MISMATCH', message };
}

const noPart = (party: string): Refused => ({ ok: false, code: 'NO_PART', message: `The signer is not ${party} of this lot.` });
