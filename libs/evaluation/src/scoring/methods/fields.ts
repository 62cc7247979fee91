import { zDecimal } from '@app/contracts';

/** Decimals that divide or multiply a price: zero or less would make no sense of any bid. */
export const zPositive = zDecimal.refine((text) => /[1-9]/.test(text) && !text.startsWith('-'), 'not positive');
export const zNotNegative = zDecimal.refine((text) => !text.startsWith('-'), 'negative');
