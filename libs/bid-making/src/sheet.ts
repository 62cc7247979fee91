import type { JsonObject } from '@app/contracts';
import type { SheetDraft } from './draft.js';

/** `opening-sheet.json` of a draft in which no fault is left. */
export const openingSheetOf = (sheet: SheetDraft): JsonObject => ({
  v: 1,
  price: sheet.price.trim(),
  priceWords: sheet.priceWords.trim(),
  duration: sheet.duration.trim(),
  quality: sheet.quality.trim(),
  projectLead: sheet.projectLead.trim(),
  validityDays: Number(sheet.validityDays),
  security: sheet.securityKind.trim() === '' ? null : { kind: sheet.securityKind.trim(), amount: sheet.securityAmount.trim() },
  ...(sheet.coreBrand.trim() === '' ? {} : { coreBrand: sheet.coreBrand.trim() }),
  claims: { smallMicro: sheet.smallMicro, domestic: sheet.domestic, ...partnersOf(sheet) },
});

const partnersOf = ({ partnerForm: form, partnerPercent, partnersAllSmall, partnersIndependent }: SheetDraft): JsonObject =>
  form === ''
    ? {}
    : { partners: { form, percent: partnerPercent.trim(), isAllSmall: partnersAllSmall, isIndependent: partnersIndependent } };
