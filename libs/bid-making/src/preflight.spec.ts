import { type TenderRules, zOpeningSheet } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { type DraftPart, EMPTY_SHEET, FIELD_LENGTHS, type SheetDraft, titleOf } from './draft.js';
import type { PdfFacts } from './pdf-facts.js';
import { BID_BYTES_MAX, faultsOf, type Maker } from './preflight.js';
import { openingSheetOf } from './sheet.js';

const DEADLINE = '2026-04-20T01:30:00.000Z';
const item = (part: TenderRules['items'][number]['part']) => ({
  id: part,
  part,
  title: part,
  min: '0',
  max: '10',
  step: '1',
  objective: false,
});
const RULES = { ceiling: '9500000.00', items: [item('technical'), item('credential')] };
const MAKER: Maker = { certificateEnds: '2027-01-01T00:00:00.000Z', hasBidKey: true, isAnchored: true, names: ['测试建设有限公司'] };
const SHEET: SheetDraft = {
  ...EMPTY_SHEET,
  price: '9350000.00',
  priceWords: '玖佰叁拾伍万元整',
  duration: '180 日历天',
  quality: '合格',
  projectLead: '王建华',
};
const READABLE: PdfFacts = { pages: 12, fault: null, isSlow: false };
const part = (type: DraftPart['type'], pdf: PdfFacts = READABLE, size = 1_000): DraftPart => ({
  id: `id-${type}`,
  type,
  title: type,
  size,
  pdf,
});
const PARTS = [part('PRICE'), part('TECHNICAL'), part('COMMERCIAL')];

const found = (
  sheet: Partial<SheetDraft> = {},
  parts: readonly DraftPart[] = PARTS,
  rules: Parameters<typeof faultsOf>[1] = RULES,
  maker: Partial<Maker> = {},
): readonly string[] =>
  faultsOf({ sheet: { ...SHEET, ...sheet }, parts }, rules, DEADLINE, { ...MAKER, ...maker }).map(({ code, about }) =>
    about === '' ? code : `${code} ${about}`,
  );

describe('what is wrong with a bid before it is sealed', () => {
  it('is nothing where everything is in order', () => {
    expect(found()).toEqual([]);
    expect(found({ priceWords: '人民币 玖佰叁拾伍万圆正' })).toEqual([]);
    expect(found({ price: '9500000', priceWords: '玖佰伍拾万元整' })).toEqual([]);
  });

  it('is everything that is missing, each once, in an empty draft', () => {
    expect(found(EMPTY_SHEET, [])).toEqual([
      'FIELD_MISSING price',
      'FIELD_MISSING priceWords',
      'FIELD_MISSING duration',
      'FIELD_MISSING quality',
      'FIELD_MISSING projectLead',
      'PART_MISSING PRICE',
      'PART_MISSING TECHNICAL',
      'PART_MISSING COMMERCIAL',
    ]);
  });

  it.each([
    ['9350000.001', 'PRICE_DECIMALS price'],
    ['9,350,000.00', 'PRICE_FORM price'],
    ['-1.00', 'PRICE_FORM price'],
    ['1e6', 'PRICE_FORM price'],
    ['０９３５', 'PRICE_FORM price'],
    ['0.00', 'PRICE_FORM price'],
  ])('the price %s: %s', (price, fault) => {
    expect(found({ price })).toEqual([fault]);
  });

  it('is a price above the ceiling by one cent, also one that no binary fraction can tell from it', () => {
    expect(found({ price: '9500000.01', priceWords: '玖佰伍拾万元零壹分' })).toEqual(['PRICE_ABOVE_CEILING price']);
    const ceiling = '99999999999999.98';
    expect(found({ price: '99999999999999.99', priceWords: '' }, PARTS, { ...RULES, ceiling })).toContain('PRICE_ABOVE_CEILING price');
    expect(found({ price: ceiling, priceWords: '' }, PARTS, { ...RULES, ceiling })).toEqual(['FIELD_MISSING priceWords']);
  });

  it.each(['玖佰叁拾万元整', '玖佰叁拾伍万元伍分', '9350000.00', '玖佰叁拾伍万'])('words that say something else: %s', (priceWords) => {
    expect(found({ priceWords })).toEqual(['WORDS_DIFFER priceWords']);
  });

  it.each(['0', '3651', '1.5', 'ninety', ''])('a validity of %j days', (validityDays) => {
    expect(found({ validityDays })).toEqual(['VALIDITY validityDays']);
  });

  it.each(['', '0', '20000.001', 'two'])('a security of %j', (securityAmount) => {
    expect(found({ securityKind: '电子保函', securityAmount })).toEqual(['SECURITY_FORM securityAmount']);
  });

  it('a security that is not as the document asks for is told and keeps nothing from being sealed', () => {
    const rules = { ...RULES, bidSecurity: { amount: '20000.00', forms: ['TRANSFER' as const] } };
    expect(found({}, PARTS, rules)).toEqual(['SECURITY_MISSING securityKind']);
    expect(found({ securityKind: '转账', securityAmount: '19999.99' }, PARTS, rules)).toEqual(['SECURITY_SHORT securityAmount']);
    expect(found({ securityKind: '转账', securityAmount: 'two' }, PARTS, rules)).toEqual(['SECURITY_FORM securityAmount']);
    expect(found({ securityKind: '转账', securityAmount: '20000' }, PARTS, rules)).toEqual([]);
    expect(faultsOf({ sheet: SHEET, parts: PARTS }, rules, DEADLINE, MAKER).filter(({ isHard }) => isHard)).toEqual([]);
  });

  it('the brand of the core product where the document names one (87号令 31), and nowhere else', () => {
    const rules = { ...RULES, coreProduct: '多联机空调' };
    expect(found({}, PARTS, rules)).toEqual(['FIELD_MISSING coreBrand']);
    expect(found({ coreBrand: '格力' }, PARTS, rules)).toEqual([]);
  });

  it.each(['', '0', '100.01', 'half'])('a share of small partners of %j', (partnerPercent) => {
    expect(found({ partnerForm: 'CONSORTIUM', partnerPercent })).toEqual(['PARTNER_SHARE partnerPercent']);
  });

  it.each([
    ['UNREADABLE', 'PDF_UNREADABLE'],
    ['TRUNCATED', 'PDF_TRUNCATED'],
    ['ENCRYPTED', 'PDF_ENCRYPTED'],
    ['SCRIPT', 'PDF_SCRIPT'],
    ['PAGES', 'PDF_PAGES'],
  ] as const)('a file that is %s', (fault, code) => {
    const parts = [part('PRICE'), part('TECHNICAL', { ...READABLE, fault, isSlow: true }), part('COMMERCIAL')];
    expect(found({}, parts)).toEqual([`${code} id-TECHNICAL`]);
  });

  it('a file that reads slowly is told and keeps nobody from sealing', () => {
    const parts = [part('PRICE'), part('TECHNICAL', { ...READABLE, isSlow: true }), part('COMMERCIAL')];
    expect(faultsOf({ sheet: SHEET, parts }, RULES, DEADLINE, MAKER)).toEqual([{ code: 'PDF_SLOW', about: 'id-TECHNICAL', isHard: false }]);
  });

  it('more bytes than a bid may have', () => {
    expect(found({}, [...PARTS, part('ATTACHMENT', READABLE, BID_BYTES_MAX)])).toEqual(['TOO_LARGE']);
  });

  it('a technical part that nobody has compared with its blind format, and none but that', () => {
    const blindFormat = {
      breach: 'refuse' as const,
      paper: 'A4' as const,
      pagesMax: null,
      margins: null,
      fonts: [],
      sizes: [],
      isPlain: false,
      isBlack: false,
      withoutPictures: false,
      isUnnamed: true,
      withoutMetadata: false,
    };
    const rules = { ...RULES, blindFormat };
    expect(found({}, PARTS, rules)).toEqual(['BLIND_UNREAD id-TECHNICAL']);
    const page = {
      width: 210,
      height: 297,
      ink: null,
      fonts: [],
      sizes: [],
      isBold: false,
      isItalic: false,
      colours: [],
      pictures: 0,
      isHidden: false,
    };
    const looks = new Map([['id-TECHNICAL', { pages: [{ ...page, text: '负责人王建华' }], metadata: {} }]]);
    const faults = faultsOf({ sheet: SHEET, parts: PARTS }, rules, DEADLINE, MAKER, looks);
    expect(faults).toEqual([{ code: 'BLIND_NAME', about: 'id-TECHNICAL', isHard: true, pages: [1], found: ['王建华'] }]);
  });

  it('a certificate that ends before the opening is over, no key to open the bid with, anchors that nobody compared', () => {
    expect(found({}, PARTS, RULES, { certificateEnds: '2026-04-20T12:00:00.000Z' })).toEqual(['CERTIFICATE_ENDS']);
    expect(found({}, PARTS, RULES, { hasBidKey: false, isAnchored: false })).toEqual(['NO_BID_KEY', 'KEYS_UNPROVEN']);
  });
});

describe('the opening sheet of a draft', () => {
  it('is of the form that the opening asks for, with everything that was filled in', () => {
    const sheet = openingSheetOf({
      ...SHEET,
      price: ' 9350000.00 ',
      securityKind: '电子保函',
      securityAmount: '20000.00',
      coreBrand: ' 格力 ',
      smallMicro: true,
      partnerForm: 'SUBCONTRACT',
      partnerPercent: '30',
      partnersIndependent: true,
    });
    expect(zOpeningSheet.parse(sheet)).toEqual({
      v: 1,
      price: '9350000.00',
      priceWords: '玖佰叁拾伍万元整',
      duration: '180 日历天',
      quality: '合格',
      projectLead: '王建华',
      validityDays: 90,
      security: { kind: '电子保函', amount: '20000.00' },
      coreBrand: '格力',
      claims: {
        smallMicro: true,
        domestic: false,
        partners: { form: 'SUBCONTRACT', percent: '30', isAllSmall: false, isIndependent: true },
      },
    });
  });

  it('leaves out what was not claimed', () => {
    expect(zOpeningSheet.parse(openingSheetOf(SHEET))).toMatchObject({ security: null, claims: { smallMicro: false, domestic: false } });
    expect(openingSheetOf(SHEET)).not.toHaveProperty('coreBrand');
  });

  it('has room for the longest text of every field', () => {
    const longest = (name: 'duration' | 'quality' | 'projectLead' | 'securityKind' | 'coreBrand') => '字'.repeat(FIELD_LENGTHS[name]);
    const sheet = {
      ...SHEET,
      duration: longest('duration'),
      quality: longest('quality'),
      projectLead: longest('projectLead'),
      securityKind: longest('securityKind'),
      securityAmount: '1.00',
      coreBrand: longest('coreBrand'),
    };
    expect(zOpeningSheet.safeParse(openingSheetOf(sheet)).success).toBe(true);
    expect(found({ ...sheet, quality: `${sheet.quality}字` })).toEqual(['SHEET_FORM']);
  });
});

describe('the title of a file', () => {
  it.each([
    ['技术标.pdf', '技术标'],
    ['..\\..\\C:\\a.PDF', 'a'],
    ['../../etc/passwd', 'passwd'],
    ['good\u202efdp.exe.pdf', 'goodfdp.exe'],
    ['\u0000.pdf', 'PDF'],
    ['长'.repeat(300), '长'.repeat(120)],
  ])('of %j is %j: no path, nothing that hides', (name, title) => {
    expect(titleOf(name)).toBe(title);
  });
});
