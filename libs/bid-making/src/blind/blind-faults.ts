import { BLIND_PAPERS, type BlindFormat } from '@app/evaluation';
import type { Fault, FaultCode } from '../preflight.js';
import type { PageLook, PdfLook } from './pdf-look.js';

/** A file of the technical part, and how it looks; null while nobody has looked. */
export interface LookedAt {
  readonly id: string;
  readonly look: PdfLook | null;
}

/** Word processors write 14 points as 14.04 and 10.5 as 10.56; sizes are measured to a tenth. */
const SIZE_TOLERANCE_POINTS = 0.15;
const PAPER_TOLERANCE_MM = 1;
/** Shorter texts stand in every document. */
const NAME_LENGTH_MIN = 2;

/** How fonts of a family are called in files. */
const FAMILIES: Readonly<Record<BlindFormat['fonts'][number], RegExp>> = {
  song: /simsun|songti|stsong|宋体|ËÎÌå|adobesong|notoserif(cjk)?sc|sourcehanserif|fzshusong|fzssk/i,
  fangsong: /fangsong|仿宋|·ÂËÎ|stfangsong|fzfsk/i,
  hei: /simhei|heiti|stheiti|黑体|ºÚÌå|yahei|notosans(cjk)?sc|sourcehansans|fzhtk/i,
  kai: /kaiti|simkai|stkaiti|楷体|¿¬Ìå|fzktk/i,
  times: /times|nimbusrom|liberationserif/i,
};
/** Properties that are there to say who made a file. */
const WHO = /^(author|company|manager|lastmodifiedby|dc:creator|pdfx:company)$/i;
/** By which somebody could be told, whoever it is: 手机, 固定电话, e-mail, 统一社会信用代码. */
const TELLING: readonly RegExp[] = [
  /(?<!\d)1[3-9]\d{9}(?!\d)/g,
  /(?<!\d)0\d{2,3}[-—－ ]?\d{7,8}(?!\d)/g,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])/g,
];

type Test = (page: PageLook) => readonly string[];

/**
 * Every breach of the format, by file and with the pages that it is on. `names`: of the bidder and its people, which must not stand in the part.
 */
export function blindFaults(format: BlindFormat, files: readonly LookedAt[], names: readonly string[]): Fault[] {
  const isHard = format.breach === 'refuse';
  const tests = testsOf(
    format,
    names.map(bare).filter((name) => name.length >= NAME_LENGTH_MIN),
  );
  const seen = files.flatMap(({ id, look }) => (look === null ? [] : [{ id, look }]));
  const ofPages = seen.flatMap(({ id, look }) =>
    tests.flatMap(([code, test]): Fault[] => {
      const breaches = look.pages.map((page, index) => ({ number: index + 1, found: test(page) })).filter(({ found }) => found.length > 0);
      const found = [...new Set(breaches.flatMap((breach) => breach.found))];
      return found.length === 0 ? [] : [{ code, about: id, isHard, pages: breaches.map(({ number }) => number), found }];
    }),
  );
  const ofFiles = seen.flatMap(({ id, look }): Fault[] => {
    const found = format.withoutMetadata ? tellingProperties(look, names.map(bare)) : [];
    return found.length === 0 ? [] : [{ code: 'BLIND_METADATA', about: id, isHard, found }];
  });
  const count = seen.reduce((sum, { look }) => sum + look.pages.length, 0);
  const isLong = format.pagesMax !== null && count > format.pagesMax;
  return [
    // Until every file was looked at, nobody knows whether the bid may be sealed.
    ...files.filter(({ look }) => look === null).map(({ id }): Fault => ({ code: 'BLIND_UNREAD', about: id, isHard: true })),
    ...(isLong ? [{ code: 'BLIND_LENGTH' as const, about: '', isHard, found: [`${String(count)} > ${String(format.pagesMax)}`] }] : []),
    ...ofPages,
    ...ofFiles,
  ];
}

function testsOf(format: BlindFormat, names: readonly string[]): readonly (readonly [FaultCode, Test])[] {
  const { paper, margins, fonts, sizes, isPlain, isBlack, withoutPictures, isUnnamed } = format;
  const when = (isAsked: boolean, code: FaultCode, test: Test): [FaultCode, Test][] => (isAsked ? [[code, test]] : []);
  return [
    // A picture of a page, or an empty one: nothing of it can be compared.
    ['BLIND_NO_TEXT', ({ text }) => (text.trim() === '' ? ['—'] : [])],
    ...when(paper !== null, 'BLIND_PAPER', ({ width, height }) => (isPaper(paper, width, height) ? [] : [`${mm(width)} × ${mm(height)}`])),
    ...when(margins !== null, 'BLIND_HEADER', (page) => outside(page, margins, ['top', 'bottom'])),
    ...when(margins !== null, 'BLIND_MARGINS', (page) => outside(page, margins, ['left', 'right'])),
    ...when(fonts.length > 0, 'BLIND_FONT', (page) =>
      page.fonts.filter((name) => !fonts.some((family) => FAMILIES[family].test(name))).map(nameOr),
    ),
    ...when(sizes.length > 0, 'BLIND_SIZE', (page) =>
      page.sizes.filter((size) => !isSize(size, sizes)).map((size) => `${String(size)} pt`),
    ),
    ...when(isPlain, 'BLIND_STYLE', ({ isBold, isItalic }) => [...(isBold ? ['bold'] : []), ...(isItalic ? ['italic'] : [])]),
    ...when(isBlack, 'BLIND_COLOUR', ({ colours }) => colours),
    ...when(withoutPictures, 'BLIND_PICTURE', ({ pictures }) => (pictures > 0 ? [`× ${String(pictures)}`] : [])),
    ...when(isUnnamed, 'BLIND_HIDDEN', ({ isHidden }) => (isHidden ? ['—'] : [])),
    ...when(isUnnamed, 'BLIND_NAME', ({ text }) => namesIn(text, names)),
  ];
}

const mm = (length: number): string => length.toFixed(0);
const nameOr = (font: string): string => (font === '' ? '?' : font);
const isSize = (size: number, allowed: readonly string[]): boolean =>
  allowed.some((points) => Math.abs(size - Number(points)) < SIZE_TOLERANCE_POINTS);

function isPaper(paper: BlindFormat['paper'], width: number, height: number): boolean {
  const asked = BLIND_PAPERS[paper ?? 'A4'];
  return Math.abs(width - asked.width) <= PAPER_TOLERANCE_MM && Math.abs(height - asked.height) <= PAPER_TOLERANCE_MM;
}

function outside({ ink }: PageLook, margins: BlindFormat['margins'], sides: readonly ('top' | 'bottom' | 'left' | 'right')[]): string[] {
  if (ink === null || margins === null) return [];
  const allowed = Number(margins.tolerance);
  return sides
    .filter((side) => ink[side] < Number(margins[side]) - allowed)
    .map((side) => `${side} ${ink[side].toFixed(1)} mm < ${margins[side]}`);
}

/** As it reads: without spaces and line ends, in one form of each character. */
const bare = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

function namesIn(text: string, names: readonly string[]): string[] {
  const joined = bare(text);
  const even = text.normalize('NFKC');
  return [...names.filter((name) => joined.includes(name)), ...TELLING.flatMap((pattern) => even.match(pattern) ?? [])];
}

const tellingProperties = ({ metadata }: PdfLook, names: readonly string[]): string[] =>
  Object.entries(metadata)
    .filter(([property, value]) => WHO.test(property) || names.some((name) => name.length >= NAME_LENGTH_MIN && bare(value).includes(name)))
    .map(([property, value]) => `${property}: ${value}`);
