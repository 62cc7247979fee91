import { Injectable } from '@nestjs/common';
import { CheckpointLog } from '../log/checkpoint-log.js';
import { withCosignatures } from '../log/note-text.js';

/** Signed notes of the logs, with the cosignatures that each has so far. */
export abstract class CheckpointNotes {
  /** The newest note with a quorum, and the newest where that is a later one; oldest first. */
  abstract notesOf(origin: string): Promise<string[]>;
  /** Has a head of this moment cosigned; it comes as a note like the others. */
  abstract renew(origin: string): void;
  /** Told of every note and of every cosignature it gains. Returns how to stop listening. */
  abstract onNote(listener: (origin: string, note: string) => void): () => void;
}

@Injectable()
export class CheckpointLogNotes extends CheckpointNotes {
  constructor(private readonly log: CheckpointLog) {
    super();
  }

  async notesOf(origin: string): Promise<string[]> {
    const notes = [await this.log.newestQuorum(origin), await this.log.newest(origin)];
    return [...new Set(notes.flatMap((checkpoint) => (checkpoint === null ? [] : [withCosignatures(checkpoint)])))];
  }

  renew(origin: string): void {
    this.log.renew(origin);
  }

  onNote(listener: (origin: string, note: string) => void): () => void {
    return this.log.onCheckpoint(listener);
  }
}
