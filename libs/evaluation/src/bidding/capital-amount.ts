/** Amounts in capital numerals (大写金额). Pure text work: no amount ever becomes a binary fraction. */

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/**
 * Amount in capital numerals (支付结算办法, annex 1): `10500.07` → `壹万零伍佰元零柒分`, `3.00` → `叁元整`.
 * Returns null for more than 16 whole digits or more than two significant fraction digits.
 */
export function capitalAmount(decimal: string): string | null {
  const match = /^(-?)0*(\d{1,16})(?:\.(\d{1,2})0*)?$/.exec(decimal);
  if (!match) return null;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const jiao = Number(fraction[0] ?? '0');
  const fen = Number(fraction[1] ?? '0');
  const yuan = capitalWhole(whole);
  let text = yuan === '' ? '' : `${yuan}元`;
  if (jiao === 0 && fen === 0) return `${sign === '-' ? '负' : ''}${text === '' ? '零元' : text}整`;
  if (jiao > 0) text += `${DIGITS[jiao] ?? ''}角`;
  else if (text !== '') text += '零';
  text += fen > 0 ? `${DIGITS[fen] ?? ''}分` : '整';
  return (sign === '-' ? '负' : '') + text;
}

/** Whole number in capitals without its unit; empty for zero. */
function capitalWhole(whole: string): string {
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 4) groups.unshift(whole.slice(Math.max(0, end - 4), end));
  let text = '';
  let owesZero = false;
  groups.forEach((group, index) => {
    const value = Number(group);
    if (value === 0) {
      owesZero = text !== '';
      return;
    }
    if (text !== '' && (owesZero || value < 1000)) text += '零';
    // A zero in the place of 万 (or 亿) before a thousand is read too: 107000 is 壹拾万零柒仟.
    owesZero = group.endsWith('0');
    text += capitalGroup(group) + (GROUPS[groups.length - 1 - index] ?? '');
  });
  return text;
}

/** Up to four digits; zeros inside are read once, zeros at the end not at all. */
function capitalGroup(group: string): string {
  let text = '';
  let zero = false;
  Array.from(group, Number).forEach((digit, index) => {
    if (digit === 0) {
      zero = text !== '';
      return;
    }
    text += (zero ? '零' : '') + (DIGITS[digit] ?? '') + (PLACES[group.length - 1 - index] ?? '');
    zero = false;
  });
  return text;
}

/**
 * Whether words say this amount. A 整 (or 正) at the end, 人民币 before it, 圆 for 元 and spaces make no difference; every numeral does.
 * False for an amount that has no capital form.
 */
export function saysAmount(words: string, decimal: string): boolean {
  const meant = capitalAmount(decimal);
  return meant !== null && bare(words) === bare(meant);
}

const bare = (words: string): string =>
  words
    .replaceAll(/[\s　]/g, '')
    .replace(/^人民币/, '')
    .replaceAll('圆', '元')
    .replace(/[整正]$/, '');
