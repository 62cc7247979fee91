import type { LotState } from '../kernel/state.js';
import { initialSealedStep, type SealedStep } from '../sealed-step/step.js';

export const SCORE_PARTS = ['technical', 'commercial', 'credential'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

export interface ScoringState {
  readonly parts: Readonly<Record<ScorePart, SealedStep>>;
  /** Entry whose part `d:result` is the 评分汇总表; locked from then on. */
  readonly aggregated: { readonly seq: number; readonly at: string } | null;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly scoring: ScoringState;
  }
}

export const initialScoring: ScoringState = {
  parts: { technical: initialSealedStep, commercial: initialSealedStep, credential: initialSealedStep },
  aggregated: null,
};

export const withScoring = (state: LotState, change: Partial<ScoringState>): LotState => ({
  ...state,
  scoring: { ...state.scoring, ...change },
});

export const withPart = (state: LotState, part: ScorePart, change: (step: SealedStep) => SealedStep): LotState =>
  withScoring(state, { parts: { ...state.scoring.parts, [part]: change(state.scoring.parts[part]) } });

/** The part that a scoring step is about; null for other steps. */
export const partOfStep = (step: string | null): ScorePart | null => SCORE_PARTS.find((part) => step === `scores:${part}`) ?? null;
