/** Decimal texts as people read them. Pure text work: no amount ever becomes a binary fraction. */

/** `9350000.00` → `9,350,000.00`. Leaves anything that is not a plain decimal as it is. */
export function groupThousands(decimal: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign = '', whole = '', fraction = ''] = match;
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + fraction;
}
