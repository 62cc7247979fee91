import type { Opening } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import { inject, type InjectionKey } from 'vue';
import type { Locale } from '../../locales/locale.js';
import type { Act } from './act.js';

/** One text in both languages. Statutory terms are as in the law. */
export type Words = Readonly<Record<Locale, string>>;
export const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });

/** Done by choosing one party. `reason` is in the reader's words and goes on the record where the act asks for one. */
export interface Choice {
  readonly options: readonly string[];
  readonly act: (option: string, reason: string) => Act;
}

/** Signed over its hash. What is signed is computed from what is shown, never a hash that was handed over (SEC-29). */
export interface SignedDocument {
  /** The entry and its part that hold it. */
  readonly seq: number;
  readonly part: string;
  /** The hash that the record names; a document with another one is not signed. */
  readonly named: string;
  readonly hashOf: (profile: CryptoProfile, opening: Opening) => string;
  readonly payload: (hash: string) => Act['payload'];
}

/** Done with the key that the person's bids are encrypted to: what it unwraps from the header on the record is sent, the key stays on this device. */
export interface Unwrapping {
  /** Header of the inner layer of the own bid, base64url. */
  readonly header: string;
  readonly act: (fileKey: string) => Act;
}

/** Done with the key that this device keeps as a trustee for the purpose that is owed: its public half is told, a proof with it, or the key itself. */
export type Keeping = 'publish' | 'drill' | 'release';

/** One of several things that a command may order; which of them the lot's engine takes says that engine. */
export interface Kind {
  readonly words: Words;
  readonly consequence: Words;
  readonly article: Words;
}

/** Everything that a screen knows of one command: what it is called, how it is done, what follows from it and by which law. */
export interface CommandRecord {
  readonly words: Words;
  /** Done with one press: the payload that follows from the record at this instant; null: not now. */
  readonly press?: (state: LotState, party: string, now: string) => Act['payload'] | null;
  readonly choice?: (state: LotState, now: string) => Choice | null;
  /** Done by signing a document that is shown before; null: there is none yet. */
  readonly document?: (state: LotState) => SignedDocument | null;
  /** Done by opening the own bid; null: not now. */
  readonly unwrapping?: (state: LotState, party: string) => Unwrapping | null;
  readonly keeping?: Keeping;
  /** Done on a form: one of these, with a reason. */
  readonly kinds?: Readonly<Record<string, Kind>>;
  /** Done on a page of its own, by the name of its route. */
  readonly goTo?: string;
  /** What follows from it, and what of that cannot be undone: shown, with the article, before it is signed. */
  readonly consequence: Words;
  /** The law that says so (`law`), or the platform's own rule where none does (`platformRule`). */
  readonly article: Words;
  /** Signed with the press: it only goes on with what the page is about, so no dialog comes before; the button says what follows. */
  readonly atOnce?: true;
}

/** By command type. */
export type CommandRecords = Readonly<Record<string, CommandRecord>>;

/** Press of an act that says nothing but that it is done. */
export const NOTHING_MORE = (): Act['payload'] => ({});

export const COMMAND_RECORDS: InjectionKey<CommandRecords> = Symbol('command records');

/** The records of every area; inside a component's set-up. */
export function useCommandRecords(): CommandRecords {
  const records = inject(COMMAND_RECORDS, null);
  if (records === null) throw new Error('the application provides no command records');
  return records;
}
