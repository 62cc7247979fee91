import type { TenderRules } from '@app/evaluation';

export interface DemoBid {
  readonly letter: string;
  readonly company: string;
  readonly price: string;
  readonly duration: string;
  readonly lead: string;
  /** Claims the deduction for small and micro enterprises (中小企业声明函). */
  readonly smallMicro?: boolean;
}

export interface DemoLot {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly regime: 'TENDER_LAW' | 'GOV_PROCUREMENT';
  readonly projectType: 'construction' | 'goods';
  readonly rules: TenderRules;
  readonly bids: readonly DemoBid[];
  /** Venue of each expert to be drawn. */
  readonly places: readonly ('main' | 'sub-1' | 'sub-2')[];
  /** Bidders whom these members find unqualified: letter → member indexes that say fail. */
  readonly fails: Readonly<Record<string, readonly number[]>>;
  /** Score of each member for an item: item → letter → values in member order. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly expected: {
    readonly winner: string;
    readonly totals: Readonly<Record<string, string>>;
    readonly benchmark: string | null;
    readonly candidates: readonly string[];
  };
}
