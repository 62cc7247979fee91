import { z } from 'zod';
import { need } from '../../kernel/need.js';
import { directVoteMethod } from './direct-vote/index.js';
import { rankOneMethod } from './rank-1/index.js';

/** Every award method, one line each. */
export const AWARD_METHODS = [rankOneMethod, directVoteMethod] as const;

const [firstMethod, ...otherMethods] = AWARD_METHODS;
/** Award part of the tender document: of a method that is listed above, or refused. */
export const zAwardRule = z.discriminatedUnion('kind', [firstMethod.schema, ...otherMethods.map(({ schema }) => schema)]);
export type AwardRule = z.infer<typeof zAwardRule>;
export const AWARD_KINDS = AWARD_METHODS.map(({ kind }) => kind);

/** The method of a rule that the schema has let through. */
export const awardMethodOf = ({ kind }: AwardRule): (typeof AWARD_METHODS)[number] =>
  need(AWARD_METHODS.find((method) => method.kind === kind));

export * from './method.js';
