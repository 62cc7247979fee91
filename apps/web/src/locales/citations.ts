import type { Locale } from './locale.js';

type Cited = Readonly<Record<Locale, string>>;
const cited = (zh: string, en: string): Cited => ({ 'zh-CN': zh, en });

/** Instruments by the short title that code and documents use (docs/glossary.md, "How law is cited"), as a screen names them. */
export const INSTRUMENTS: ReadonlyMap<string, Cited> = new Map([
  ['招标投标法', cited('招标投标法', 'Law on Tendering')],
  ['条例', cited('招标投标法实施条例', 'Regulation on Tendering')],
  ['政府采购法', cited('政府采购法', 'Government Procurement Law')],
  ['政府采购法条例', cited('政府采购法实施条例', 'Regulation on Government Procurement')],
  ['87号令', cited('政府采购货物和服务招标投标管理办法', 'Order 87 of the Ministry of Finance')],
  ['12号令', cited('评标委员会和评标方法暂行规定', 'Order 12 on committees and methods of evaluation')],
  ['电子招标投标办法', cited('电子招标投标办法', 'Measures for Electronic Tendering')],
  ['个人信息保护法', cited('个人信息保护法', 'Personal Information Protection Law')],
]);

const DIGITS = '零一二三四五六七八九';
/** 1 to 99 as an article is numbered: 五, 十五, 五十五. */
function chineseNumber(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十`;
  return ten + (ones === 0 ? '' : (DIGITS[ones] ?? ''));
}

/** What law says it, from the house's notation: `条例 54`, `12号令 19, 21, 87号令 59`. Throws on an instrument that is not listed. */
export function law(notation: string): Cited {
  const articles = new Map<string, number[]>();
  let title = '';
  for (const item of notation.split(', ')) {
    const [, named, number = ''] = /^(?:(\S+) )?([1-9]\d?)$/.exec(item) ?? [];
    title = named ?? title;
    if (number === '' || !INSTRUMENTS.has(title)) throw new Error(`"${notation}" is no citation: "${item}"`);
    articles.set(title, [...(articles.get(title) ?? []), Number(number)]);
  }
  const parts = [...articles].map(([of, numbers]) => ({ name: INSTRUMENTS.get(of), numbers }));
  return cited(
    parts.map(({ name, numbers }) => `${name?.['zh-CN'] ?? ''}${numbers.map((one) => `第${chineseNumber(one)}条`).join('、')}`).join('；'),
    parts.map(({ name, numbers }) => `${name?.en ?? ''}, ${numbers.map((one) => `article ${String(one)}`).join(' and ')}`).join('; '),
  );
}

/** Where no law says it: the platform's own rule, by the page of the project's documents and its heading. */
const PLATFORM_RULES = {
  lot: ['标段', 'the lot', 'lots-and-bids.md', 'Commands'],
  engines: ['规则引擎', 'engines of rules', 'engines.md', 'How it works'],
  drill: ['开标受托人演练', 'the drill of the trustees', 'lots-and-bids.md', 'Commands'],
  draw: ['专家抽取', 'the draw', 'lots-and-bids.md', 'Commands'],
  opening: ['开标会', 'the opening session', 'lots-and-bids.md', 'Commands'],
  coefficient: ['系数抽取', 'the draw of the coefficient', 'lots-and-bids.md', 'Commands'],
  sealed: ['密封评审', 'sealed sheets', 'evaluation.md', 'Commands of committee, review, scoring, report and award'],
  scoring: ['评分', 'scoring', 'evaluation.md', 'Commands of committee, review, scoring, report and award'],
  award: ['评定分离', 'the award by vote', 'evaluation.md', 'Commands of committee, review, scoring, report and award'],
} as const satisfies Record<string, readonly [zh: string, en: string, page: string, heading: string]>;

export function platformRule(of: keyof typeof PLATFORM_RULES): Cited {
  const [zh, en, page, heading] = PLATFORM_RULES[of];
  return cited(`平台规则：${zh}（docs/design/${page}）`, `Platform rule: ${en} (docs/design/${page}, “${heading}”)`);
}
