import type { SentEntry } from '@app/contracts';
import { textIn, toldBy } from './told.js';

/** One notice of the hall (消息盒子). */
interface Notice {
  readonly seq: number;
  readonly at: string;
  /** Command that told it: its words are the notice's. */
  readonly command: string;
  readonly party: string | null;
  /** What its author wrote, or what was drawn. */
  readonly text: string;
  /** New end of the window, where one was set. */
  readonly until: string | null;
}

/** Events that everybody in the hall is told of, and where their text stands. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  'lot.amended': ['summary'],
  'lot.suspended': ['reason'],
  'lot.resumed': [],
  'lot.terminated': ['reason'],
  'lot.failed': ['explanation'],
  'lot.order-given': ['reason'],
  'lot.opinion-given': ['text'],
  'lot.opinion-acknowledged': ['reply'],
  'bidding.locked': [],
  'bidding.objection-answered': ['text'],
  'opening.started': [],
  'opening.list-published': [],
  'opening.paused': ['reason'],
  'opening.resumed': [],
  'opening.window-extended': ['reason'],
  'opening.bid-failed': ['explanation'],
  'opening.finding-recorded': ['explanation'],
  'opening.decryption-closed': [],
  'opening.contributors-named': ['reason'],
  'opening.coefficient-drawn': ['value'],
  'opening.read-out': [],
  'opening.objected': ['text'],
  'opening.replied': ['text'],
  'opening.record-made': [],
  'opening.closed': [],
};

export const NOTICED = Object.keys(TOLD);

/** Newest first. A fold of the log, so whoever comes back finds the same; nothing of it is stored. */
export const noticesOf = (entries: readonly SentEntry[]): readonly Notice[] =>
  toldBy(entries)
    .flatMap((told) => {
      const fields = Object.hasOwn(TOLD, told.event.type) ? TOLD[told.event.type] : undefined;
      if (fields === undefined) return [];
      const { seq, at, command, party, event } = told;
      const until = event.type === 'opening.window-extended' ? textIn(told, 'until') : null;
      return [{ seq, at, command, party, text: fields.map((field) => textIn(told, field)).join(' '), until }];
    })
    .reverse();
