import type { FoundingPerson } from '@app/contracts';
import {
  type DistributionPreset,
  type OpeningForm,
  type Regime,
  SCORE_PARTS,
  type ScorePart,
  SECURITY_FORMS,
  type SecurityForm,
  type TieRule,
} from '@app/evaluation';
import { type BlindDraft, NOT_BLIND } from './blind.js';
import { type AwardKind, FIRST_AWARD_KIND, FIRST_PRICE_KIND, type PriceKind } from './method-forms.js';

/** 符合性审查 item, as its row stands. */
export interface ReviewDraft {
  readonly id: string;
  readonly title: string;
  readonly kind: (typeof REVIEW_KINDS)[number];
}
export const REVIEW_KINDS = ['formal', 'qualification', 'responsiveness'] as const;

/** A scored item, as its row stands: texts, until they are found good. */
export interface ItemDraft {
  readonly id: string;
  readonly part: ScorePart;
  readonly title: string;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly objective: boolean;
}

interface TrimDraft {
  /** Empty: all other numbers of bids. */
  readonly below: string;
  readonly low: string;
  readonly high: string;
}

/** Parameters of every price method side by side, so that changing the kind and back loses nothing. */
export interface PriceDraft {
  readonly kind: PriceKind;
  readonly weight: string;
  readonly full: string;
  readonly floor: string;
  readonly e1: string;
  readonly e2: string;
  readonly betaDecimals: string;
  readonly kMode: 'fixed' | 'drawn';
  readonly kFixed: string;
  /** Values that one is drawn from, between spaces. */
  readonly kDrawn: string;
  readonly trim: readonly TrimDraft[];
  /** What only one or two methods have, by the name of the field. */
  readonly more: Readonly<Record<string, string>>;
}

/** 标段 as it is being written by whoever founds it. Texts of fields, until the rules have taken them. */
export interface LotDraft {
  readonly code: string;
  readonly name: string;
  readonly regime: Regime;
  readonly jurisdiction: string;
  readonly projectType: (typeof PROJECT_TYPES)[number];
  readonly tendererCity: string;

  /** 招标人自行招标 (招标投标法 12): whoever founds the lot is the tenderer, and there is no agency. */
  readonly isSelfRun: boolean;
  readonly tenderer: FoundingPerson | null;
  readonly supervisor: FoundingPerson | null;
  /** By venue; a venue may have none. */
  readonly witnesses: Readonly<Record<string, FoundingPerson>>;
  /** Names of the venues where the lot sits, besides the main one. */
  readonly venues: readonly string[];
  readonly venuePreset: DistributionPreset;

  readonly ceiling: string;
  readonly budget: string;
  readonly isComplex: boolean;
  readonly hasSocialImpact: boolean;
  readonly isReserved: boolean;
  readonly stateMandated: boolean;
  readonly coreProduct: string;
  readonly price: PriceDraft;
  readonly smallMicro: string;
  readonly smallPartner: string;
  readonly domestic: string;
  readonly twoEnvelope: boolean;
  readonly trimLow: string;
  readonly trimHigh: string;
  readonly candidates: string;
  readonly ties: readonly TieRule[];
  readonly members: string;
  readonly representatives: string;
  readonly isChairDesignated: boolean;
  readonly award: AwardKind;
  readonly awardMembers: string;
  readonly securityPercent: string;
  readonly securityDays: string;
  /** 投标保证金; empty: none is asked for. */
  readonly bidSecurity: string;
  readonly bidSecurityForms: readonly SecurityForm[];

  /** 开标记录模板; null: the usual one. */
  readonly openingForm: OpeningForm | null;

  readonly review: readonly ReviewDraft[];
  readonly items: readonly ItemDraft[];
  readonly blind: BlindDraft;

  /** Beijing time as a `datetime-local` field writes it. */
  readonly documentsFrom: string;
  readonly documentsUntil: string;
  readonly deadline: string;

  /** Parties that keep a share of the bids (开标受托人), and how many of them open. */
  readonly trustees: readonly string[];
  readonly threshold: string;
  /** 开标受托人演练 on the working day before. */
  readonly drill: boolean;
  /** How many nodes open sheets and ballots. */
  readonly sheetsThreshold: string;
}
export const PROJECT_TYPES = ['construction', 'water-works', 'goods', 'services'] as const;

/** What a change of the form says. */
export type Patch = Partial<LotDraft>;

/** Fields that hold plain text. */
export type TextName = {
  [K in keyof LotDraft]: LotDraft[K] extends string ? (string extends LotDraft[K] ? K : never) : never;
}[keyof LotDraft];

/** By which name whoever founds the lot acts in it. */
export const founderOf = ({ isSelfRun }: Pick<LotDraft, 'isSelfRun'>): string => (isSelfRun ? 'tenderer' : 'agency');
export const witnessOf = (venue: string): string => `witness-${venue}`;
export const nodeOf = (venue: string): string => `node:${venue}`;

export const EMPTY_DRAFT: LotDraft = {
  code: '',
  name: '',
  regime: 'TENDER_LAW',
  jurisdiction: 'CN',
  projectType: 'construction',
  tendererCity: '',
  isSelfRun: false,
  tenderer: null,
  supervisor: null,
  witnesses: {},
  venues: [],
  venuePreset: 'A',
  ceiling: '',
  budget: '',
  isComplex: false,
  hasSocialImpact: false,
  isReserved: false,
  stateMandated: true,
  coreProduct: '',
  price: {
    kind: FIRST_PRICE_KIND,
    weight: '30',
    full: '60',
    floor: '0',
    e1: '1',
    e2: '0.5',
    betaDecimals: '2',
    kMode: 'fixed',
    kFixed: '0.97',
    kDrawn: '0.95 0.96 0.97 0.98',
    trim: [
      { below: '5', low: '0', high: '0' },
      { below: '10', low: '1', high: '1' },
      { below: '20', low: '2', high: '2' },
      { below: '', low: '3', high: '3' },
    ],
    more: {
      k2: '0.92',
      meanPercent: '60',
      deltaPercent: '4',
      aPercent: '50',
      bPercent: '30',
      cPercent: '20',
      limitMeanPercent: '70',
      limitPercent: '75',
      poolPercent: '95',
      beyondPercent: '30',
      drawn: '9',
      low: '1',
      high: '1',
      bandLowPercent: '85',
      bandHighPercent: '105',
    },
  },
  smallMicro: '',
  smallPartner: '',
  domestic: '',
  twoEnvelope: true,
  trimLow: '0',
  trimHigh: '0',
  candidates: '3',
  ties: [],
  members: '5',
  representatives: '0',
  isChairDesignated: false,
  award: FIRST_AWARD_KIND,
  awardMembers: '5',
  securityPercent: '',
  securityDays: '30',
  bidSecurity: '',
  bidSecurityForms: SECURITY_FORMS,
  openingForm: null,
  review: [],
  items: [],
  blind: NOT_BLIND,
  documentsFrom: '',
  documentsUntil: '',
  deadline: '',
  trustees: ['agency', 'tenderer', 'supervisor'],
  threshold: '2',
  drill: true,
  sheetsThreshold: '',
};

/** The next number of its kind that no row has: `technical-2`. */
function nextId(kind: string, rows: readonly { readonly id: string }[]): string {
  const taken = new Set(rows.map(({ id }) => id));
  let number = 1;
  while (taken.has(`${kind}-${String(number)}`)) number += 1;
  return `${kind}-${String(number)}`;
}

export const newReview = (rows: readonly ReviewDraft[]): ReviewDraft => ({ id: nextId('review', rows), title: '', kind: 'qualification' });
export const newItem = (rows: readonly ItemDraft[], part: ScorePart = SCORE_PARTS[0]): ItemDraft => ({
  id: nextId(part, rows),
  part,
  title: '',
  min: '0',
  max: '',
  step: '1',
  objective: false,
});

/** Whoever may keep a share of the bids in this draft: each person and each venue's node, in the order of the form. */
export function possibleTrustees(
  { witnesses, venues, isSelfRun }: Pick<LotDraft, 'witnesses' | 'venues' | 'isSelfRun'>,
  main: string,
): readonly string[] {
  const seats = [main, ...venues];
  const attesting = seats.filter((venue) => witnesses[venue] !== undefined).map(witnessOf);
  return [...(isSelfRun ? [] : ['agency']), 'tenderer', 'supervisor', ...attesting, ...seats.map(nodeOf)];
}
