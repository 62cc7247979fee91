import type { Head, LotSummary, Problem, VenueLine } from './api.js';
import type { Answer, SignedCommand } from './command.js';
import type { SentEntry } from './entry.js';

/** Every ack: data, or a documented refusal. An ack is always answered. */
export type Ack<T> = (reply: { ok: true; data: T } | ({ ok: false } & Problem)) => void;

/** Namespace `/lots`: browsers and the demonstration. `auth: { token }` in the handshake; without it the public's view. */
export interface LotsClientToServer {
  'lot:watch': (payload: { lot: string; round: number; from: number }, ack: Ack<{ size: number }>) => void;
  'lot:leave': (payload: { lot: string; round: number }, ack: Ack<null>) => void;
  'command:submit': (payload: SignedCommand, ack: Ack<Answer>) => void;
}
export interface LotsServerToClient {
  'entries:appended': (notice: { lot: string; round: number; entries: SentEntry[] }) => void;
  /** The viewer's rights changed: drop what is folded and watch again from 0. */
  'lot:refold': (notice: { lot: string; round: number }) => void;
  /** A command that a site kept (`QUEUED`) has been decided by the main venue. */
  'command:answered': (answer: Answer) => void;
  'lots:changed': (notice: LotSummary) => void;
  'venues:changed': (notice: VenueLine[]) => void;
  'head:changed': (notice: Head & { lot: string; round: number }) => void;
}
