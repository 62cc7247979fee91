export type AwardState = Readonly<Record<string, never>>;

export const initialAward: AwardState = {};
