import { capitalAmount, type OpeningSheet } from '@app/evaluation';

/** What can be read out (招标投标法 36), in the order of the columns: what the opening sheet says, and what came of the security where one is asked for. */
export const COLUMNS = ['price', 'priceWords', 'duration', 'quality', 'projectLead', 'validityDays', 'security', 'received'] as const;
export type Column = (typeof COLUMNS)[number];

/** One cell as it is shown and spoken. Amounts stand as decimal texts; nothing of it is in any language. */
export function cellOf(sheet: OpeningSheet, column: Exclude<Column, 'received'>): string {
  switch (column) {
    case 'priceWords':
      return sheet.priceWords;
    case 'validityDays':
      return String(sheet.validityDays);
    case 'security':
      return sheet.security === null ? '' : `${sheet.security.kind} ${sheet.security.amount}`;
    default:
      return sheet[column];
  }
}

/** Whether the words that the bidder wrote say the figures (大写与小写一致). */
export const wordsAgree = ({ price, priceWords }: Pick<OpeningSheet, 'price' | 'priceWords'>): boolean =>
  capitalAmount(price) === priceWords;
