import { LOT_PATH, lotProps } from '../../core/lots/lot-route.js';
import type { AreaRoute } from '../../core/routes.js';

/** A lot's page is the same for every role; what is on it depends on what the log shows its reader. */
export const lotRoutes: readonly AreaRoute[] = [
  {
    path: 'lots',
    name: 'lots',
    component: () => import('./views/lots-view.vue'),
    meta: { area: 'lot', needs: 'public', rail: 'rail.all' },
  },
  {
    path: LOT_PATH,
    name: 'lot',
    component: () => import('./views/lot-view.vue'),
    props: lotProps,
    meta: { area: 'lot', needs: 'public' },
  },
];
