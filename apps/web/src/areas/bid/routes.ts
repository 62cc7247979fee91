import { LOT_PATH, lotProps } from '../../core/lots/lot-route.js';
import type { AreaRoute } from '../../core/routes.js';

/** 投标: the lots that take bids, and one's own bid in one of them. */
export const bidRoutes: readonly AreaRoute[] = [
  {
    path: 'bids',
    name: 'bids',
    component: () => import('./views/bids-view.vue'),
    meta: { area: 'bid', needs: 'session', rail: 'rail.bids' },
  },
  {
    path: `${LOT_PATH}/bid`,
    name: 'bid',
    component: () => import('./views/bid-view.vue'),
    props: lotProps,
    meta: { area: 'bid', needs: 'session' },
  },
];
