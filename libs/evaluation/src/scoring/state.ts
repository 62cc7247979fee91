export type ScoringState = Readonly<Record<string, never>>;

export const initialScoring: ScoringState = {};
