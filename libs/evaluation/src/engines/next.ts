import { accelerateProfile } from '@app/sealing';
import { z } from 'zod';
import { keeperPlan } from '../keepers/index.js';
import { audience, decide, evolve, initialLotState, isOpenable, limits, mayMake, migrateState, owed, SLICES } from '../engine/index.js';
import type { StateBefore } from '../engine/index.js';
import type { LotState } from '../kernel/index.js';
import type { Engine, EnginePurpose } from './engine.js';

/** Version of the rules that are not frozen yet: a lot founded under them may meet other rules in the next build. */
const NEXT_VERSION = 'next';

const purposesOf = (state: LotState): EnginePurpose[] =>
  Object.keys(state.keepers.published).map((purpose) => ({
    purpose,
    ...keeperPlan(state, purpose),
    isOpenable: isOpenable(state, purpose),
  }));

function shapes(): Record<string, string> {
  const shapeOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any' });
  const rows = SLICES.flatMap(({ commands }) => Object.entries(commands)).map(([type, { schema, secrets = {} }]) => {
    const sealed = Object.keys(secrets).sort();
    return [type, JSON.stringify([shapeOf(schema), sealed.map((name) => [name, secrets[name] && shapeOf(secrets[name])])])] as const;
  });
  return Object.fromEntries(rows.sort(([one], [two]) => (one < two ? -1 : 1)));
}

/** The rules as they stand in these sources, as an engine of this version: what `npm run engine:freeze` makes a file of. */
export const engineOf = (version: string): Engine => ({
  version,
  mayMake,
  initial: initialLotState,
  decide,
  evolve,
  audience,
  owed,
  limits,
  purposes: purposesOf,
  migrate: (before) => migrateState(before as StateBefore),
  shapes,
  accelerate: accelerateProfile,
});

export const NEXT: Engine = engineOf(NEXT_VERSION);
