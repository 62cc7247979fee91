import type { LocaleSchema } from '../locales/index.js';

declare module 'vue-i18n' {
  /** Keys of every text: a wrong one shows in the editor. */
  export interface DefineLocaleMessage extends LocaleSchema {
    readonly __brand?: never;
  }
}
