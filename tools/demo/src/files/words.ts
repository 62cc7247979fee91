const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/** 大写金额 of a price with two decimals, as 票据 practice writes it: 1234560.00 → 壹佰贰拾叁万肆仟伍佰陆拾元整. */
export function inWords(price: string): string {
  const [whole = '0', fraction = '00'] = price.split('.');
  const jiao = DIGITS[Number(fraction[0])] ?? '';
  const fen = DIGITS[Number(fraction[1])] ?? '';
  const yuan = `${integerInWords(whole)}元`;
  if (fraction === '00') return `${yuan}整`;
  return `${yuan}${jiao === '零' ? '零' : `${jiao}角`}${fen === '零' ? '' : `${fen}分`}`;
}

function integerInWords(digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 4) groups.push(digits.slice(Math.max(0, end - 4), end));
  let out = '';
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const text = groupInWords((groups[index] ?? '').padStart(4, '0'), out !== '');
    if (text !== '') out += text + (GROUPS[index] ?? '');
  }
  return out === '' ? '零' : out;
}

/** Four digits; a run of zeros before a later digit is spoken once. */
function groupInWords(digits: string, follows: boolean): string {
  let out = '';
  let gap = follows && digits.startsWith('0');
  for (let index = 0; index < 4; index += 1) {
    const digit = Number(digits[index]);
    if (digit === 0) {
      gap ||= out !== '';
      continue;
    }
    if (gap) out += '零';
    gap = false;
    out += (DIGITS[digit] ?? '') + (UNITS[3 - index] ?? '');
  }
  return out;
}
