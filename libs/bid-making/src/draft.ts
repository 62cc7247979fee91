import type { ScorePart, TenderRules } from '@app/evaluation';
import type { PartType } from '@app/sealing';
import type { PdfFacts } from './pdf-facts.js';

/** The opening sheet (开标一览表) as its fields stand: texts, until they are found good. */
export interface SheetDraft {
  readonly price: string;
  readonly priceWords: string;
  readonly duration: string;
  readonly quality: string;
  readonly projectLead: string;
  readonly validityDays: string;
  /** Empty: no bid security. */
  readonly securityKind: string;
  readonly securityAmount: string;
  /** Brand of the core product, where the document names one. */
  readonly coreBrand: string;
  readonly smallMicro: boolean;
  readonly domestic: boolean;
  /** 联合体 or 分包 with small and micro enterprises; empty: neither. */
  readonly partnerForm: '' | (typeof PARTNER_FORMS)[number];
  /** Their share of the contract, percent. */
  readonly partnerPercent: string;
  readonly partnersAllSmall: boolean;
  readonly partnersIndependent: boolean;
}
export const PARTNER_FORMS = ['CONSORTIUM', 'SUBCONTRACT'] as const;

/** Characters that the opening sheet has room for. */
export const FIELD_LENGTHS = {
  price: 20,
  priceWords: 120,
  duration: 60,
  quality: 200,
  projectLead: 60,
  validityDays: 4,
  securityKind: 60,
  securityAmount: 20,
  coreBrand: 100,
  partnerPercent: 6,
} as const satisfies Partial<Record<keyof SheetDraft, number>>;
export type TextField = keyof typeof FIELD_LENGTHS;

export const EMPTY_SHEET: SheetDraft = {
  price: '',
  priceWords: '',
  duration: '',
  quality: '',
  projectLead: '',
  validityDays: '90',
  securityKind: '',
  securityAmount: '',
  coreBrand: '',
  smallMicro: false,
  domestic: false,
  partnerForm: '',
  partnerPercent: '',
  partnersAllSmall: false,
  partnersIndependent: false,
};

/** A file of the bid as it was found when it was added. Its bytes are kept beside the draft, under its id. */
export interface DraftPart {
  readonly id: string;
  readonly type: PartType;
  readonly title: string;
  /** Bytes. */
  readonly size: number;
  readonly pdf: PdfFacts;
}
/** A bid that is being written. */
export interface Draft {
  readonly sheet: SheetDraft;
  readonly parts: readonly DraftPart[];
}

/** Bytes of all files of a draft. */
export const sizeOf = (parts: readonly Pick<DraftPart, 'size'>[]): number => parts.reduce((sum, { size }) => sum + size, 0);

/** Kinds of files that a bidder adds. The opening sheet is made from its fields. */
export const FILE_TYPES = ['PRICE', 'TECHNICAL', 'COMMERCIAL', 'QUALIFICATION', 'ATTACHMENT'] as const satisfies readonly PartType[];
export type FileType = (typeof FILE_TYPES)[number];

/** Which part of the bid the scored parts are judged from. */
const READ_FROM: Readonly<Record<ScorePart, FileType>> = {
  technical: 'TECHNICAL',
  commercial: 'COMMERCIAL',
  credential: 'COMMERCIAL',
};

/** Files without which members would have nothing to judge: 投标函 with its prices, and what each scored part is read from. */
export function neededTypes({ items }: Pick<TenderRules, 'items'>): readonly FileType[] {
  const scored = new Set(items.map(({ part }) => READ_FROM[part]));
  return FILE_TYPES.filter((type) => type === 'PRICE' || scored.has(type));
}

const TITLE_LENGTH_MAX = 120;
/** Marks that turn the direction of a line, and control characters: a file's name must not pretend to be another one. */
const UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A title for people out of a file's name: no path, no marks that hide something, no ending. */
export function titleOf(fileName: string): string {
  const last = fileName.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const bare = last
    .replaceAll(UNSAFE, '')
    .replace(/\.pdf$/i, '')
    .normalize('NFC')
    .trim();
  return Array.from(bare).slice(0, TITLE_LENGTH_MAX).join('') || 'PDF';
}
