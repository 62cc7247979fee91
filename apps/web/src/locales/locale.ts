const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const isLocale = (text: string | null): text is Locale => LOCALES.some((locale) => locale === text);
