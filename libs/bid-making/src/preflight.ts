import { decimal, saysAmount, type TenderRules, zOpeningSheet, zPrice } from '@app/evaluation';
import type { CertificateFacts } from '@app/sealing';
import { type Draft, type FileType, neededTypes, sizeOf } from './draft.js';
import { blindFaults } from './blind/blind-faults.js';
import type { PdfLook } from './blind/pdf-look.js';
import { openingSheetOf } from './sheet.js';

/** What would make a bid fail, or fail to be opened, and can be mended before it is sealed. `bid.remedy` of each code names the remedy. */
export interface Fault {
  readonly code: FaultCode;
  /** The field or file that it is about; a kind of file where one is missing. */
  readonly about: string;
  /** Sealing waits for it; else the bidder is told and decides. */
  readonly isHard: boolean;
  /** Pages of the file that it is on, from 1. */
  readonly pages?: readonly number[];
  /** What stands there, as it was found. */
  readonly found?: readonly string[];
}
export const FAULT_CODES = [
  'PRICE_FORM',
  'PRICE_DECIMALS',
  'PRICE_ABOVE_CEILING',
  'WORDS_DIFFER',
  'FIELD_MISSING',
  'VALIDITY',
  'SECURITY_FORM',
  'SECURITY_MISSING',
  'SECURITY_SHORT',
  'PARTNER_SHARE',
  'SHEET_FORM',
  'PART_MISSING',
  'PDF_UNREADABLE',
  'PDF_TRUNCATED',
  'PDF_ENCRYPTED',
  'PDF_SCRIPT',
  'PDF_PAGES',
  'PDF_SLOW',
  'TOO_LARGE',
  'BLIND_UNREAD',
  'BLIND_NO_TEXT',
  'BLIND_LENGTH',
  'BLIND_PAPER',
  'BLIND_HEADER',
  'BLIND_MARGINS',
  'BLIND_FONT',
  'BLIND_SIZE',
  'BLIND_STYLE',
  'BLIND_COLOUR',
  'BLIND_PICTURE',
  'BLIND_HIDDEN',
  'BLIND_NAME',
  'BLIND_METADATA',
  'CERTIFICATE_ENDS',
  'NO_BID_KEY',
  'KEYS_UNPROVEN',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** Bytes of all files of a bid at most. */
export const BID_BYTES_MAX = 2 * 1024 ** 3;
/** From the deadline on the certificate must hold for as long as an opening may take. */
const OPENING_MS = 24 * 3_600_000;

/** What the tender document asks of a bid, as far as it is asked here. */
export type Asked = Pick<TenderRules, 'items' | 'ceiling' | 'coreProduct' | 'blindFormat' | 'bidSecurity'>;

/** Who makes the bid, as far as it can keep the bid from being opened. */
export interface Maker {
  /** Wire instant at which the certificate ends. */
  readonly certificateEnds: string;
  readonly hasBidKey: boolean;
  /** Whether a person compared the keys that bids are sealed under (信任锚) on this device. */
  readonly isAnchored: boolean;
  /** Of the organisation and its people, as its certificate says them: what a blind part must not name. */
  readonly names: readonly string[];
}

/** The names by which a certificate's holder would be told in a blind part. */
export const namesIn = ({ name, organisation, creditCode }: CertificateFacts['subject']): readonly string[] =>
  [name, organisation, creditCode].filter((one) => one !== null);

/** How files of the blind part look, by their ids. */
export type Looks = ReadonlyMap<string, PdfLook>;
/** Which files a format of the blind part (技术暗标) is asked of. */
export const BLIND_TYPE: FileType = 'TECHNICAL';

/** Everything that is wrong now, hard faults first, each once. */
export function faultsOf(draft: Draft, rules: Asked, deadline: string, maker: Maker, looks: Looks = new Map()): readonly Fault[] {
  const faults = [
    ...sheetFaults(draft, rules),
    ...partFaults(draft, rules),
    ...formatFaults(draft, rules, maker, looks),
    ...(Date.parse(maker.certificateEnds) < Date.parse(deadline) + OPENING_MS ? [hard('CERTIFICATE_ENDS')] : []),
    ...(maker.hasBidKey ? [] : [hard('NO_BID_KEY')]),
    ...(maker.isAnchored ? [] : [hard('KEYS_UNPROVEN')]),
  ];
  return [...faults.filter(({ isHard }) => isHard), ...faults.filter(({ isHard }) => !isHard)];
}

const hard = (code: FaultCode, about = ''): Fault => ({ code, about, isHard: true });
const soft = (code: FaultCode, about = ''): Fault => ({ code, about, isHard: false });

function sheetFaults({ sheet }: Draft, { ceiling, coreProduct, bidSecurity }: Asked): Fault[] {
  const required = [
    'price',
    'priceWords',
    'duration',
    'quality',
    'projectLead',
    ...(coreProduct === undefined ? [] : ['coreBrand']),
  ] as const;
  const faults = [
    ...priceFaults(sheet.price.trim(), sheet.priceWords, ceiling),
    ...(isDays(sheet.validityDays) ? [] : [hard('VALIDITY', 'validityDays')]),
    ...(sheet.securityKind.trim() === '' || zPrice.safeParse(sheet.securityAmount.trim()).success
      ? []
      : [hard('SECURITY_FORM', 'securityAmount')]),
    ...(bidSecurity === undefined ? [] : securityFaults(sheet.securityKind.trim(), sheet.securityAmount.trim(), bidSecurity)),
    ...(sheet.partnerForm === '' || isShare(sheet.partnerPercent) ? [] : [hard('PARTNER_SHARE', 'partnerPercent')]),
    ...required.filter((name) => String(sheet[name as keyof typeof sheet]).trim() === '').map((name) => hard('FIELD_MISSING', name)),
  ];
  // Whatever the opening would refuse and none of the above has found.
  const isTaken = faults.some(({ isHard }) => isHard) || zOpeningSheet.safeParse(openingSheetOf(sheet)).success;
  return isTaken ? faults : [hard('SHEET_FORM'), ...faults];
}

function priceFaults(price: string, words: string, ceiling: string): Fault[] {
  if (price === '') return [];
  if (/^\d+\.\d{3,}$/.test(price)) return [hard('PRICE_DECIMALS', 'price')];
  if (!zPrice.safeParse(price).success) return [hard('PRICE_FORM', 'price')];
  return [
    ...(decimal(price).gt(ceiling) ? [hard('PRICE_ABOVE_CEILING', 'price')] : []),
    ...(words.trim() === '' || saysAmount(words, price) ? [] : [hard('WORDS_DIFFER', 'priceWords')]),
  ];
}

/** 投标保证金: what is read out of the sheet beside what came. The committee decides about one that is not as it was asked for. */
function securityFaults(kind: string, amount: string, asked: NonNullable<Asked['bidSecurity']>): Fault[] {
  if (kind === '') return [soft('SECURITY_MISSING', 'securityKind')];
  return zPrice.safeParse(amount).success && decimal(amount).lt(asked.amount) ? [soft('SECURITY_SHORT', 'securityAmount')] : [];
}

function isDays(text: string): boolean {
  return /^[1-9]\d{0,3}$/.test(text.trim()) && zOpeningSheet.shape.validityDays.safeParse(Number(text)).success;
}

function isShare(text: string): boolean {
  return /^\d{1,3}(\.\d{1,2})?$/.test(text.trim()) && Number(text) > 0 && Number(text) <= 100;
}

function partFaults({ parts }: Draft, rules: Asked): Fault[] {
  const have = new Set(parts.map(({ type }) => type as FileType));
  return [
    ...neededTypes(rules)
      .filter((type) => !have.has(type))
      .map((type) => hard('PART_MISSING', type)),
    ...parts.flatMap(({ id, pdf }) => (pdf.fault === null ? [] : [hard(`PDF_${pdf.fault}`, id)])),
    ...parts.filter(({ pdf }) => pdf.isSlow && pdf.fault === null).map(({ id }) => soft('PDF_SLOW', id)),
    ...(sizeOf(parts) > BID_BYTES_MAX ? [hard('TOO_LARGE')] : []),
  ];
}

/** Of files that can be read at all. */
function formatFaults({ sheet, parts }: Draft, { blindFormat }: Asked, { names }: Maker, looks: Looks): Fault[] {
  if (blindFormat === undefined) return [];
  const blind = parts.filter(({ type, pdf }) => type === BLIND_TYPE && pdf.fault === null);
  return blindFaults(
    blindFormat,
    blind.map(({ id }) => ({ id, look: looks.get(id) ?? null })),
    [...names, sheet.projectLead],
  );
}
