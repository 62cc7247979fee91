import { capitalAmount, type LotState, type OpeningSheet, READ_OUT_FIELDS, type ReadOutField, securityAsked } from '@app/evaluation';

/** What the opening sheet says, and what came of the security where one is asked for. */
export type Column = ReadOutField | 'received';

/** What is read out (招标投标法 36), in the order of the columns: as the tender document sets it (`title`: its word), else everything. */
export function columnsOf(state: LotState): readonly { readonly field: Column; readonly title: string | null }[] {
  const said = state.setup.rules?.openingForm?.columns ?? READ_OUT_FIELDS.map((field) => ({ field, title: null }));
  return securityAsked(state) === null ? said : [...said, { field: 'received', title: null }];
}

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
