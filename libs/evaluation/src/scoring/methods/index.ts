import { z } from 'zod';
import type { Regime } from '../../law/rule-set.js';
import { need } from '../../kernel/need.js';
import { benchmarkCeilingMethod } from './benchmark-ceiling/index.js';
import { benchmarkDeviationMethod } from './benchmark-deviation/index.js';
import { benchmarkIterativeMethod } from './benchmark-iterative/index.js';
import { benchmarkLowestMethod } from './benchmark-lowest/index.js';
import { benchmarkRandomMethod } from './benchmark-random/index.js';
import { benchmarkThreePartMethod } from './benchmark-three-part/index.js';
import { fixedPriceMethod } from './fixed-price/index.js';
import { lowPriceFirstMethod } from './low-price-first/index.js';
import { lowestEvaluatedPriceMethod } from './lowest-evaluated-price/index.js';

/** Every price method, one line each. */
export const PRICE_METHODS = [
  lowPriceFirstMethod,
  benchmarkDeviationMethod,
  benchmarkCeilingMethod,
  benchmarkThreePartMethod,
  benchmarkIterativeMethod,
  benchmarkLowestMethod,
  benchmarkRandomMethod,
  lowestEvaluatedPriceMethod,
  fixedPriceMethod,
] as const;

const [firstMethod, ...otherMethods] = PRICE_METHODS;
/** Price part of the tender document: of a method that is listed above, or refused. */
export const zPriceRule = z.discriminatedUnion('kind', [firstMethod.schema, ...otherMethods.map(({ schema }) => schema)]);
export type PriceRule = z.infer<typeof zPriceRule>;

/** Kinds that are lawful under a regime, in the order of their names: what its rule sets freeze. */
export const lawfulKinds = (regime: Regime): readonly string[] =>
  PRICE_METHODS.filter(({ lawfulUnder }) => lawfulUnder.includes(regime))
    .map(({ kind }) => kind)
    .sort();

/** The method of a rule that the schema has let through. */
export const priceMethodOf = ({ kind }: PriceRule): (typeof PRICE_METHODS)[number] =>
  need(PRICE_METHODS.find((method) => method.kind === kind));

export * from './fields.js';
export * from './method.js';
