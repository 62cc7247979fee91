import type { LotState } from '@app/evaluation';
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

/** Everything that a screen knows of one command: what it is called, how it is done, what follows from it and by which law. */
export interface CommandRecord {
  readonly words: Words;
  /** Done with one press: the payload that follows from the record; null: not now. */
  readonly press?: (state: LotState, party: string) => Act['payload'] | null;
  readonly choice?: (state: LotState) => Choice | null;
  /** Done on a page of its own, by the name of its route. */
  readonly goTo?: string;
  /** Cannot be undone: shown, with the article, before it is signed. */
  readonly consequence?: Words;
  readonly article?: Words;
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
