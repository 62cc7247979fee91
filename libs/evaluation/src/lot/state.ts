import type { ProfileId } from '@app/sealing';
import type { TenderRules } from './tender-rules.js';
import type { DistributionPreset } from '../law/distribution.js';
import type { Regime, RuleSet } from '../law/rule-set.js';
import type { ORDER_KINDS } from './commands.js';

/** Times of a lot, UTC. `documentsFrom`: first day the tender document can be had; bids until `deadline`; the opening follows at once. */
export interface Schedule {
  /** Null until publication. */
  readonly issuedAt: string | null;
  readonly documentsFrom: string;
  readonly documentsUntil: string;
  readonly deadline: string;
}

/** A place where members sit; `main` runs the lot. */
export interface VenuePlan {
  readonly venue: string;
  readonly role: 'main' | 'sub' | 'supervision';
  readonly city: string;
}

/** Who keeps a kind of secret, and how many of them open it. */
export interface KeeperPlan {
  readonly threshold: number;
  readonly parties: readonly string[];
}

export interface Amendment {
  readonly number: number;
  readonly at: string;
  readonly package: string;
  readonly summary: string;
}

export interface Opinion {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly target: string;
  readonly acknowledgedBy: string | null;
  readonly reply: string | null;
}

export interface Order {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly kind: (typeof ORDER_KINDS)[number];
  readonly reason: string;
}

/** The lot itself: what was fixed by the tender document and what befell the lot as a whole. */
export interface SetupState {
  /** A lot's log is for its parties until the opening, for everybody from then on. */
  readonly isPublic: boolean;
  readonly code: string;
  readonly name: string;
  readonly regime: Regime;
  readonly jurisdiction: string;
  readonly projectType: string;
  readonly profile: ProfileId;
  readonly engine: string;
  /** Null before `lot.create`. */
  readonly rules: TenderRules | null;
  readonly schedule: Schedule | null;
  readonly venues: readonly VenuePlan[];
  readonly venuePreset: DistributionPreset;
  readonly tendererCity: string;
  /** `bids` and `sheets` (score sheets, review sheets, ballots). */
  readonly keepers: { readonly bids: KeeperPlan; readonly sheets: KeeperPlan };
  readonly witnessPolicy: string;
  /** Resolved at publication and never read anew (E_RULESET_FROZEN). */
  readonly ruleSet: RuleSet | null;
  readonly ruleSetHash: string | null;
  readonly documentPackage: string | null;
  readonly publishedAt: string | null;
  readonly amendments: readonly Amendment[];
  readonly opinions: readonly Opinion[];
  readonly orders: readonly Order[];
  /** What witnesses recorded; the words are in part `x:text` of entry `seq`. */
  readonly facts: readonly {
    readonly seq: number;
    readonly at: string;
    readonly by: string;
    readonly kind: string;
    readonly about: string | null;
  }[];
  /** Parts ordered to be erased, as `<seq>/<part>`, with the entry that first ordered it. */
  readonly erased: Readonly<Record<string, number>>;
  readonly previousRound: { readonly origin: string; readonly reason: string } | null;
  readonly suspension: { readonly at: string; readonly by: string; readonly cause: string; readonly reason: string } | null;
  /** Time lost to suspensions, milliseconds; windows that ran then are longer by it. */
  readonly suspendedMs: number;
  readonly failure: { readonly at: string; readonly reason: string; readonly explanation: string } | null;
  readonly termination: { readonly at: string; readonly by: string; readonly reason: string } | null;
  readonly reEvaluations: readonly {
    readonly at: string;
    readonly ground: string;
    readonly reason: string;
    readonly committee: 'same' | 'new';
  }[];
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly setup: SetupState;
  }
}

export const initialSetup: SetupState = {
  isPublic: false,
  code: '',
  name: '',
  regime: 'TENDER_LAW',
  jurisdiction: 'CN',
  projectType: '',
  profile: 'gp-std-1',
  engine: '',
  rules: null,
  schedule: null,
  venues: [],
  venuePreset: 'A',
  tendererCity: '',
  keepers: { bids: { threshold: 0, parties: [] }, sheets: { threshold: 0, parties: [] } },
  witnessPolicy: '',
  ruleSet: null,
  ruleSetHash: null,
  documentPackage: null,
  publishedAt: null,
  amendments: [],
  opinions: [],
  orders: [],
  facts: [],
  erased: {},
  previousRound: null,
  suspension: null,
  suspendedMs: 0,
  failure: null,
  termination: null,
  reEvaluations: [],
};
