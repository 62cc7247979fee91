import { z } from 'zod';

/** Parts that members score, in the order in which they do. */
export const SCORE_PARTS = ['technical', 'commercial', 'credential'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];
export const zPart = z.enum(SCORE_PARTS);
/** Step of the evaluation in which a part is scored, and base of its boxes' purpose. */
export const scoresStep = <P extends ScorePart>(part: P): `scores:${P}` => `scores:${part}`;
