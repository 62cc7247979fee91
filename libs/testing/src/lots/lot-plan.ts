import type { JsonObject } from '@app/contracts';
import type { TenderRules } from '@app/evaluation';

export interface PlannedBid {
  readonly letter: string;
  readonly company: string;
  readonly price: string;
  /** Calendar days. */
  readonly duration: string;
  readonly lead: string;
  /** Claims the deduction for small and micro enterprises (中小企业声明函). */
  readonly smallMicro?: boolean;
  /** Small and micro partners, as the opening sheet declares them (联合体, 分包). */
  readonly partners?: JsonObject;
  /** Brand of the core product, where the tender document names one. */
  readonly coreBrand?: string;
}

/** A worked lot as data: what the tender document says, what bidders offer, what members find, and what comes of it. */
export interface LotPlan {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly regime: 'TENDER_LAW' | 'GOV_PROCUREMENT';
  readonly jurisdiction: string;
  readonly projectType: 'construction' | 'goods';
  readonly venuePreset: 'A' | 'B' | 'C' | 'D';
  readonly rules: TenderRules;
  /** 开标受托人演练 before the opening; left out: none. */
  readonly drill?: boolean;
  readonly bids: readonly PlannedBid[];
  /** Places to draw: specialty, the expert's city, venue. */
  readonly slots: readonly { readonly slot: string; readonly specialty: string; readonly city: string; readonly venue: string }[];
  /** Members in the order of the columns below. */
  readonly members: readonly string[];
  /** Letter → members (by column) who fail the bid in the last item of their review. */
  readonly fails: Readonly<Record<string, readonly number[]>>;
  /** Item → letter → values in member order. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly expected: {
    readonly winner: string;
    readonly totals: Readonly<Record<string, string>>;
    readonly benchmark: string | null;
    readonly candidates: readonly string[];
  };
}

export const each = (list: string): string[] => list.split(' ');
export const same = (value: string, members: number): string[] => Array.from({ length: members }, () => value);

/** A tender document in the form of engines 0.1.0 and 0.2.0. */
export const rulesBefore = ({ facts: _facts, ties: _ties, ...rules }: TenderRules): Omit<TenderRules, 'facts' | 'ties'> => rules;
