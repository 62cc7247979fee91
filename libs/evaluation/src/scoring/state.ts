import { type LotState, moveTo, withFault } from '../kernel/state.js';
import {
  begunAgain,
  boxSubmitted,
  closed,
  corrected,
  initialSealedStep,
  purposeOf,
  reopenedFor,
  type SealedStep,
  sheetsOpened,
  withoutMember,
} from '../sealed-step/index.js';
import { SCORE_PARTS, type ScorePart, scoresStep } from '../lot/index.js';
import { stepOpened, zExcused, zReopened } from '../committee/index.js';
import { event } from '../kernel/slice.js';
import { isSpent } from '../keepers/index.js';
import * as events from './events.js';

export interface ScoringState {
  readonly parts: Readonly<Record<ScorePart, SealedStep>>;
  /** Entry whose part `d:result` is the 评分汇总表; locked from then on. */
  readonly aggregated: { readonly seq: number; readonly at: string } | null;
  /** Entries with the members' votes on outliers, since the sheets were last looked at. */
  readonly outlierVotes: readonly number[];
  /** Entries that opened cells again, oldest first: what was looked at once is not opened a second time. */
  readonly reopenings: readonly number[];
  /** Members who still owe a value for a cell that was opened again. */
  readonly reopened: Readonly<Partial<Record<ScorePart, readonly string[]>>>;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly scoring: ScoringState;
  }
}

export const initialScoring: ScoringState = {
  parts: { technical: initialSealedStep, commercial: initialSealedStep, credential: initialSealedStep },
  aggregated: null,
  outlierVotes: [],
  reopenings: [],
  reopened: {},
};

const withScoring = (state: LotState, change: Partial<ScoringState>): LotState => ({
  ...state,
  scoring: { ...state.scoring, ...change },
});

const withPart = (state: LotState, part: ScorePart, change: (step: SealedStep) => SealedStep): LotState =>
  withScoring(state, { parts: { ...state.scoring.parts, [part]: change(state.scoring.parts[part]) } });

/** The part that a scoring step is about; null for other steps. */
export const partOfStep = (step: string | null): ScorePart | null => SCORE_PARTS.find((part) => step === scoresStep(part)) ?? null;

export const scoringEvents = {
  'scoring.sheet-submitted': event({
    schema: events.zScoresSubmitted,
    evolve: (state, { part, member, manifest }, { header }) =>
      withPart(state, part, (step) => boxSubmitted(step, member, { seq: header.seq, manifest })),
  }),
  'scoring.sheets-opened': event({
    schema: events.zScoresOpened,
    evolve: (state, { part, verdicts, owed }, { header }) =>
      withPart(state, part, (step) => sheetsOpened(step, verdicts, owed, header.seq)),
  }),
  'scoring.item-corrected': event({
    schema: events.zItemCorrected,
    evolve: (state, { part, member, ground, owed }, { header }) => {
      const after = withPart(state, part, (step) => corrected(step, member, owed, header.seq));
      return ground === 'RE_EVALUATION' ? withScoring(after, { reopened: withoutOwing(after, [part], member) }) : after;
    },
  }),
  'scoring.item-confirmed': event({
    schema: events.zItemConfirmed,
    evolve: (state, { part, member, owed }, { header }) => withPart(state, part, (step) => corrected(step, member, owed, header.seq)),
  }),
  'scoring.outlier-explained': event({
    schema: events.zOutlierExplained,
    evolve: (state, { part, member, owed }, { header }) => withPart(state, part, (step) => corrected(step, member, owed, header.seq)),
  }),
  'scoring.part-closed': event({
    schema: events.zPartClosed,
    evolve: (state, { part, at }) => withPart(state, part, (step) => closed(step, at)),
  }),
  'scoring.outlier-voted': event({
    schema: events.zOutlierVoted,
    evolve: (state, _voted, { header }) => withScoring(state, { outlierVotes: [...state.scoring.outlierVotes, header.seq] }),
  }),
  'scoring.cells-reopened': event({
    schema: events.zCellsReopened,
    evolve: (state, { at, owing }, { header }) => {
      const parts = SCORE_PARTS.filter((part) => (owing[part] ?? []).length > 0);
      const [first] = parts;
      if (first === undefined) return withFault(state, 'no cell was opened again');
      const reopenings = [...state.scoring.reopenings, header.seq];
      const begun = withScoring(state, { aggregated: null, outlierVotes: [], reopenings, reopened: owing });
      const open = parts.reduce((next, part) => withPart(next, part, (step) => reopenedFor(step, owing[part] ?? [])), begun);
      return moveTo(stepOpened(open, scoresStep(first), at), 'EVALUATING');
    },
  }),
  'scoring.aggregated': event({
    schema: events.zAggregated,
    evolve: (state, { at }, { header }) =>
      moveTo(stepOpened(withScoring(state, { aggregated: { seq: header.seq, at } }), null, at), 'REPORT_SIGNING'),
  }),
};

const everyPart = (state: LotState, change: (step: SealedStep, isSpentNow: boolean) => SealedStep): LotState =>
  SCORE_PARTS.reduce(
    (next, part) => withPart(next, part, (step) => change(step, isSpent(state, purposeOf(scoresStep(part), step.attempt)))),
    withScoring(state, { aggregated: null, outlierVotes: [] }),
  );

/** Who owes for opened cells, less a member who gave his values, or left. */
const withoutOwing = ({ scoring: { reopened } }: LotState, parts: readonly ScorePart[], member: string): ScoringState['reopened'] => ({
  ...reopened,
  ...Object.fromEntries(parts.map((part) => [part, (reopened[part] ?? []).filter((one) => one !== member)])),
});

/** 条例 48: what a member who left concluded is void, the others' sheets stand; a re-evaluation voids all of them. */
export const scoringFollows = {
  'committee.excused': event({
    schema: zExcused,
    evolve: (state, { member }) =>
      withScoring(
        everyPart(state, (step, isSpentNow) => withoutMember(step, member, isSpentNow)),
        { reopened: withoutOwing(state, SCORE_PARTS, member) },
      ),
  }),
  'committee.reopened': event({
    schema: zReopened,
    evolve: (state) => withScoring(everyPart(state, begunAgain), { reopenings: [], reopened: {} }),
  }),
} as const;
