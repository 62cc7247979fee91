import type { JsonObject } from '@app/contracts';
import type { BLIND_FONTS, BLIND_PAPERS, BlindFormat } from '@app/evaluation';

type BlindFont = (typeof BLIND_FONTS)[number];
export const BLIND_SIDES = ['top', 'bottom', 'left', 'right', 'tolerance'] as const;
export const BLIND_FLAGS = ['isPlain', 'isBlack', 'withoutPictures', 'isUnnamed', 'withoutMetadata'] as const;

/** 暗标格式 as its fields stand: an empty one asks for nothing. */
export interface BlindDraft extends Pick<BlindFormat, 'breach' | (typeof BLIND_FLAGS)[number]> {
  readonly isBlind: boolean;
  readonly paper: '' | keyof typeof BLIND_PAPERS;
  readonly pagesMax: string;
  /** Millimetres. All four sides, or none. */
  readonly margins: Readonly<Record<(typeof BLIND_SIDES)[number], string>>;
  readonly fonts: readonly BlindFont[];
  /** Points, between spaces. */
  readonly sizes: string;
}

/** What provinces ask for (A4, 四号宋体, black); a lot has none until its agency says so. */
export const NOT_BLIND: BlindDraft = {
  isBlind: false,
  breach: 'refuse',
  paper: 'A4',
  pagesMax: '800',
  margins: { top: '20', bottom: '25', left: '25', right: '25', tolerance: '1' },
  fonts: ['song'],
  sizes: '14 10.5',
  isPlain: true,
  isBlack: true,
  withoutPictures: false,
  isUnnamed: true,
  withoutMetadata: true,
};

/** As the rules take it. */
export function formatOf({ isBlind, paper, pagesMax, margins, fonts, sizes, ...more }: BlindDraft): { readonly blindFormat?: JsonObject } {
  if (!isBlind) return {};
  const { tolerance, ...sides } = Object.fromEntries(Object.entries(margins).map(([side, length]) => [side, length.trim()]));
  const isAsked = Object.values(sides).some((length) => length !== '');
  return {
    blindFormat: {
      ...more,
      paper: paper === '' ? null : paper,
      pagesMax: pagesMax.trim() === '' ? null : Number(pagesMax),
      margins: isAsked ? { ...sides, tolerance: tolerance === '' ? '0' : (tolerance ?? '0') } : null,
      fonts: [...fonts],
      sizes: sizes.split(/[\s,，、]+/).filter((size) => size !== ''),
    },
  };
}

/** As the form writes it. */
export const blindOf = (format: BlindFormat | undefined): BlindDraft =>
  format === undefined
    ? NOT_BLIND
    : {
        ...format,
        isBlind: true,
        paper: format.paper ?? '',
        pagesMax: format.pagesMax === null ? '' : String(format.pagesMax),
        margins: format.margins ?? { top: '', bottom: '', left: '', right: '', tolerance: '' },
        sizes: format.sizes.join(' '),
      };
