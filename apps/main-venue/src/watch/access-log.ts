import type { AccessEntry, AccessPage, AccessProof, Answer, Look, Looked, SignedCommand, VenueKeys } from '@app/contracts';
import { ACCESS_COMMANDS, isErrorCode, PART, toHex, zCommandPart, zWhoPart } from '@app/contracts';
import { Clock, DomainError, isDomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { CheckpointLog } from '../log/checkpoint-log.js';
import type { SignedCheckpoint } from '../log/log.types.js';
import { LogTrees } from '../log/log-trees.js';
import { withCosignatures } from '../log/note-text.js';
import { nameOf } from '../pipeline/log-name.js';
import { LogWriters } from '../pipeline/log-writers.js';
import type { StoredEntry } from '../pipeline/pipeline.types.js';
import { EntryReader } from '../pipeline/pipeline.types.js';
import { VenuesService } from '../venues/venues.service.js';

/** How long an act waits for its head to be witnessed: longer than the log waits for a witness. */
const WITNESSED_WAIT_MS = 10_000;
const PAGE_ENTRIES = 500;
/** What of an entry shows that it stands: who signed what. */
const SHOWN_PARTS: readonly string[] = [PART.command, PART.who];

/** The access logs of this installation (查阅日志): what is on the record before anything is opened, and the keys that follow from it. */
@Injectable()
export class AccessLog {
  constructor(
    private readonly writers: LogWriters,
    private readonly reader: EntryReader,
    private readonly checkpoints: CheckpointLog,
    private readonly trees: LogTrees,
    private readonly venues: VenuesService,
    private readonly clock: Clock,
  ) {}

  /** Before the first act of a lot that somebody may watch. */
  async begin(origin: string): Promise<void> {
    const name = nameOf(origin);
    if ((await this.writers.load(name)) === null) await this.writers.open(name, this.clock.instant());
  }

  /**
   * What follows from the answer to an act: its proof, and the keys that it asks for. Throws UNAVAILABLE when the witnesses did not cosign in time: the
   * act is on the record, and the same command asks again.
   */
  async looked(signed: SignedCommand, answer: Answer): Promise<Looked> {
    const { outcome } = answer;
    if (!outcome.ok) return { answer, proof: null, keys: [] };
    const proof = await this.#proof(outcome.origin, outcome.seq);
    const { type, public: payload } = signed.command;
    const look = type === 'access.look' || type === 'access.export' ? ACCESS_COMMANDS[type].parse(payload) : null;
    return { answer, proof, keys: look === null ? [] : await this.#keys(look, proof) };
  }

  async page(origin: string, from: number): Promise<AccessPage> {
    const stored = await this.reader.read(origin, from, PAGE_ENTRIES);
    const next = from + stored.length;
    return {
      origin,
      entries: stored.map(accessEntry),
      next: stored.length > 0 && next < (await this.reader.size(origin)) ? next : null,
      checkpoint: await this.checkpoints.noteOf(origin),
    };
  }

  /** Every venue is asked at once; one that is cut off keeps nobody from what the others give. */
  #keys({ tracks }: Look, proof: AccessProof): Promise<VenueKeys[]> {
    const venues = [...new Set(tracks.map(({ venue }) => venue))].sort();
    return Promise.all(
      venues.map(async (venue): Promise<VenueKeys> => {
        try {
          return { venue, sealed: await this.venues.keysOf(venue, proof) };
        } catch (error) {
          if (!isDomainError(error) || !isErrorCode(error.code)) throw error;
          return { venue, code: error.code, message: error.message };
        }
      }),
    );
  }

  async #proof(origin: string, seq: number): Promise<AccessProof> {
    const head = await this.#witnessed(origin, seq);
    const [entry] = await this.reader.read(origin, seq, 1);
    if (entry === undefined) throw new DomainError('INTERNAL', `entry ${String(seq)} of ${origin} is not there`);
    const tree = await this.trees.at(origin, head.size);
    const parts = Object.fromEntries(Object.entries(entry.parts).filter(([name]) => SHOWN_PARTS.includes(name)));
    return { header: entry.header, parts, path: tree.inclusionProof(seq, head.size).map(toHex), checkpoint: withCosignatures(head) };
  }

  /** The newest head under a quorum of witnesses, once it covers this entry. */
  async #witnessed(origin: string, seq: number): Promise<SignedCheckpoint> {
    const covering = async (): Promise<SignedCheckpoint | null> => {
      const head = await this.checkpoints.newestQuorum(origin);
      return head !== null && head.size > seq ? head : null;
    };
    const known = await covering();
    if (known !== null) return known;
    await this.#told(origin, async () => (await covering()) !== null);
    const head = await covering();
    if (head === null)
      throw new DomainError(
        'UNAVAILABLE',
        'This is on the record, and its witnesses have not cosigned it yet: send the same command again.',
      );
    return head;
  }

  /** Resolves when the log's witnesses have cosigned what is asked for, or the time is over. */
  #told(origin: string, isThere: () => Promise<boolean>): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        stop();
        cancel();
        resolve();
      };
      const look = (): void => {
        isThere().then((isIt) => {
          if (isIt) end();
        }, reject);
      };
      const stop = this.checkpoints.onWitnessed((witnessed) => {
        if (witnessed === origin) look();
      });
      const cancel = this.clock.after(WITNESSED_WAIT_MS, end);
      this.checkpoints.renew(origin);
      // It may have been cosigned before anybody listened.
      look();
    });
  }
}

function accessEntry({ header, parts }: StoredEntry): AccessEntry {
  const { command } = zCommandPart.parse(JSON.parse(parts[PART.command]?.text ?? 'null'));
  const { person } = zWhoPart.parse(JSON.parse(parts[PART.who]?.text ?? 'null'));
  return {
    seq: header.seq,
    at: header.at,
    type: header.type,
    party: command.actor.party,
    person: person?.name ?? null,
    payload: { ...command.public },
  };
}
