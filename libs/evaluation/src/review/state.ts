export type ReviewState = Readonly<Record<string, never>>;

export const initialReview: ReviewState = {};
