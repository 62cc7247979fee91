import type { RouteLocationNormalizedLoaded } from 'vue-router';
import type { LotName } from './api.js';

/** Address of a page about one lot; the areas that have such pages add to it. */
export const LOT_PATH = 'lots/:lot/:round(\\d+)';

/** The lot that a page is about, from its address; null where it is about none. */
export function lotOfRoute({ params }: Pick<RouteLocationNormalizedLoaded, 'params'>): LotName | null {
  const { lot, round } = params;
  return typeof lot === 'string' && typeof round === 'string' ? { lot, round: Number(round) } : null;
}

/** Its properties as the page's component takes them. */
export const lotProps = (route: RouteLocationNormalizedLoaded): LotName => ({
  lot: String(route.params['lot']),
  round: Number(route.params['round']),
});
