import { createI18n } from 'vue-i18n';
import { en } from './langs/en/index.js';
import { zhCn } from './langs/zh-cn/index.js';
import { isLocale, type Locale } from './locale.js';

/** Same keys, any text: a language that lacks a key does not compile. */
type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
export type LocaleSchema = Texts<typeof zhCn>;

const messages: Record<Locale, LocaleSchema> = { 'zh-CN': zhCn, en };
const REMEMBERED = 'gongping.locale';

const kept = localStorage.getItem(REMEMBERED);

export const i18n = createI18n({ legacy: false, locale: isLocale(kept) ? kept : 'zh-CN', fallbackLocale: 'zh-CN', messages });

/** Switches the language of every text, of the page and of assistive technology, and remembers it here. */
export function useLocale(locale: Locale): void {
  i18n.global.locale.value = locale;
  localStorage.setItem(REMEMBERED, locale);
  document.documentElement.lang = locale;
  document.title = `${i18n.global.t('app.name')} ${locale === 'zh-CN' ? 'Gongping' : ''}`.trim();
}
