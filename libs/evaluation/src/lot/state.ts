import type { ProfileId } from '@app/sealing';
import { event } from '../kernel/slice.js';
import { type LotState, moveTo, own, partKey, withFault } from '../kernel/state.js';
import { RULE_SETS, withYears } from '../law/rule-sets.js';
import type { DistributionPreset } from '../law/distribution.js';
import type { Regime, RuleSet } from '../law/rule-set.js';
import type { TenderRules } from './tender-rules.js';
import type { JudgedFault } from './commands.js';
import * as events from './events.js';

/** Times of a lot, UTC. `documentsFrom`: first day the tender document can be had; bids until `deadline`; the opening follows at once. */
interface Schedule {
  /** Null until publication. */
  readonly issuedAt: string | null;
  readonly documentsFrom: string;
  readonly documentsUntil: string;
  readonly deadline: string;
}

/** A place where members sit; `main` runs the lot. */
interface VenuePlan {
  readonly venue: string;
  readonly role: 'main' | 'sub' | 'supervision';
  readonly city: string;
}

/** Who keeps a kind of secret, and how many of them open it. */
export interface KeeperPlan {
  readonly threshold: number;
  readonly parties: readonly string[];
}

interface Amendment {
  readonly number: number;
  readonly at: string;
  readonly package: string;
  readonly summary: string;
}

interface Opinion {
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
  /** One of `ORDER_KINDS`, or what an earlier engine knew. */
  readonly kind: string;
  readonly reason: string;
  /** What a `TOLERATE_FAULT` tolerates. */
  readonly fault: JudgedFault | null;
}

/** The lot itself: what was fixed by the tender document and what befell the lot as a whole. */
export interface SetupState {
  /**
   * A draft is for its parties, a lot for everybody from its publication on; one that was published under an engine before 0.4.0 from its
   * opening, failure or termination on.
   */
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
  /** `bids` and `sheets` (score sheets, review sheets, ballots); whether the keepers of bids are asked for a drill. */
  readonly keepers: { readonly bids: KeeperPlan; readonly sheets: KeeperPlan; readonly drill?: boolean };
  readonly witnessPolicy: string;
  /** Resolved at publication and never read anew (E_RULESET_FROZEN). */
  readonly ruleSet: RuleSet | null;
  readonly ruleSetHash: string | null;
  readonly documentPackage: string | null;
  /** The agency's signatures over the files of document and amendments, by their hash: detached CMS, base64url. */
  readonly signatures: Readonly<Record<string, string>>;
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
    readonly committee: 'same' | 'new' | 'cells';
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
  signatures: {},
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

const setup = (state: LotState, change: Partial<SetupState>): LotState => ({ ...state, setup: { ...state.setup, ...change } });

const withSignature = ({ setup: { signatures } }: LotState, hash: string, signature: string | undefined): SetupState['signatures'] =>
  signature === undefined ? signatures : { ...signatures, [hash]: signature };

const founding = {
  'lot.created': event({
    schema: events.zLotCreated,
    evolve: (state, { type: _, schedule, ...facts }) => setup(state, { ...facts, schedule: { ...schedule, issuedAt: null } }),
  }),
  'lot.revised': event({
    schema: events.zLotRevised,
    evolve: (state, { type: _, schedule, ...facts }) => setup(state, { ...facts, schedule: { ...schedule, issuedAt: null } }),
  }),
  'lot.party-admitted': event({
    schema: events.zPartyAdmitted,
    evolve: (state, { party, roles, venue, seat }, { header: { seq } }) => ({
      ...state,
      parties: { ...state.parties, [party]: { roles, admittedAs: roles, venue, seat, seq } },
    }),
  }),
  'lot.party-seated': event({
    schema: events.zPartySeated,
    evolve: (state, { party, venue, seat }) => {
      const facts = own(state.parties, party);
      if (facts === undefined) return withFault(state, `nobody is ${party}`);
      return { ...state, parties: { ...state.parties, [party]: { ...facts, venue, seat } } };
    },
  }),
  'lot.party-retired': event({
    schema: events.zPartyRetired,
    evolve: (state, { party }) => {
      const facts = state.parties[party];
      if (facts === undefined) return withFault(state, `nobody is ${party}`);
      return { ...state, parties: { ...state.parties, [party]: { ...facts, roles: [] } } };
    },
  }),
  'lot.published': event({
    schema: events.zLotPublished,
    evolve: (state, { at, ruleSet: id, ruleSetHash, calendar, documentPackage, signature, engine }) => {
      const law = RULE_SETS.find((known) => known.id === id);
      if (law === undefined || state.setup.schedule === null) return withFault(state, `no rule set ${id}`);
      const ruleSet = withYears(law, calendar ?? []);
      const schedule = { ...state.setup.schedule, issuedAt: at };
      // 招标投标法 16: the notice, the document and the keys that bids are sealed to are for whoever may want to bid.
      const published = { isPublic: true, publishedAt: at, schedule, ruleSet, ruleSetHash, documentPackage, engine };
      return moveTo(setup(state, { ...published, signatures: withSignature(state, documentPackage, signature) }), 'PUBLISHED');
    },
  }),
  'lot.documents-issued': event({ schema: events.zDocumentsIssued, evolve: (state) => moveTo(state, 'SUBMISSION_OPEN') }),
  'lot.amended': event({
    schema: events.zLotAmended,
    evolve: (state, { number, at, package: hash, signature, summary, deadline, rules }) => {
      if (state.setup.schedule === null) return withFault(state, 'no schedule');
      const amendments = [...state.setup.amendments, { number, at, package: hash, summary }];
      // B-015: from here on the lot is evaluated by the document as amended.
      const schedule = { ...state.setup.schedule, deadline };
      const signatures = withSignature(state, hash, signature);
      return setup(state, { amendments, signatures, schedule, rules: rules ?? state.setup.rules });
    },
  }),
} as const;

const fate = {
  'lot.suspended': event({
    schema: events.zLotSuspended,
    evolve: (state, { at, by, cause, reason }) => moveTo(setup(state, { suspension: { at, by, cause, reason } }), 'SUSPENDED'),
  }),
  'lot.resumed': event({
    schema: events.zLotResumed,
    evolve: (state, { lostMs, deadline }) => {
      if (state.previous === null || state.setup.schedule === null) return withFault(state, 'the lot is not suspended');
      const schedule = deadline === null ? state.setup.schedule : { ...state.setup.schedule, deadline };
      const running = setup(state, { suspension: null, suspendedMs: state.setup.suspendedMs + lostMs, schedule });
      return moveTo(running, state.previous);
    },
  }),
  'lot.terminated': event({
    schema: events.zLotTerminated,
    evolve: (state, { at, by, reason }) => moveTo(setup(state, { termination: { at, by, reason }, isPublic: true }), 'TERMINATED'),
  }),
  'lot.failed': event({
    schema: events.zLotFailed,
    evolve: (state, { at, reason, explanation }) =>
      moveTo(setup(state, { failure: { at, reason, explanation }, isPublic: true }), 'LOT_FAILED'),
  }),
  'lot.re-evaluation-started': event({
    schema: events.zReEvaluation,
    evolve: (state, { at, ground, reason, committee }) =>
      moveTo(setup(state, { reEvaluations: [...state.setup.reEvaluations, { at, ground, reason, committee }] }), 'RE_EVALUATION'),
  }),
} as const;

const oversight = {
  'lot.opinion-given': event({
    schema: events.zOpinionGiven,
    evolve: (state, { type: _, ...opinion }) =>
      setup(state, { opinions: [...state.setup.opinions, { ...opinion, acknowledgedBy: null, reply: null }] }),
  }),
  'lot.opinion-acknowledged': event({
    schema: events.zOpinionAcknowledged,
    evolve: (state, { id, by, reply }) =>
      setup(state, {
        opinions: state.setup.opinions.map((opinion) => (opinion.id === id ? { ...opinion, acknowledgedBy: by, reply } : opinion)),
      }),
  }),
  'lot.order-given': event({
    schema: events.zOrderGiven,
    evolve: (state, { type: _, ...order }) => setup(state, { orders: [...state.setup.orders, order] }),
  }),
  'lot.fact-recorded': event({
    schema: events.zFactRecorded,
    evolve: (state, { at, by, kind, about }, entry) =>
      setup(state, { facts: [...state.setup.facts, { seq: entry.header.seq, at, by, kind, about }] }),
  }),
  'lot.engine-changed': event({ schema: events.zEngineChanged, evolve: (state, { to }) => setup(state, { engine: to }) }),
  'lot.parts-erased': event({
    schema: events.zPartsErased,
    evolve: (state, { parts }, { header: { seq: order } }) => {
      if (parts.some(({ seq }) => seq >= order)) return withFault(state, 'an erasure of a part that is not in the log yet');
      const named = Object.fromEntries(parts.map(({ seq, name }) => [partKey(seq, name), order]));
      return setup(state, { erased: { ...named, ...state.setup.erased } });
    },
  }),
} as const;

export const lotEvents = { ...founding, ...fate, ...oversight };
