import { z } from 'zod';
import { need } from '../../kernel/need.js';
import { benchmarkDeviationMethod } from './benchmark-deviation/index.js';
import { lowPriceFirstMethod } from './low-price-first/index.js';

/** Every price method, one line each. Which of them are lawful a rule set says. */
export const PRICE_METHODS = [lowPriceFirstMethod, benchmarkDeviationMethod] as const;

const [firstMethod, ...otherMethods] = PRICE_METHODS;
/** Price part of the tender document: of a method that is listed above, or refused. */
export const zPriceRule = z.discriminatedUnion('kind', [firstMethod.schema, ...otherMethods.map(({ schema }) => schema)]);
export type PriceRule = z.infer<typeof zPriceRule>;

/** The method of a rule that the schema has let through. */
export const priceMethodOf = ({ kind }: PriceRule): (typeof PRICE_METHODS)[number] =>
  need(PRICE_METHODS.find((method) => method.kind === kind));

export * from './benchmark-deviation/score.js';
export * from './fields.js';
export * from './low-price-first/score.js';
export * from './method.js';
