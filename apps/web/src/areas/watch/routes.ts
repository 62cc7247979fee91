import { LOT_PATH, lotProps } from '../../core/lots/lot-route.js';
import type { AreaRoute } from '../../core/routes.js';

/** 回放: what was recorded of a lot, for its supervisors. */
export const watchRoutes: readonly AreaRoute[] = [
  {
    path: 'replay',
    name: 'replays',
    component: () => import('./views/replays-view.vue'),
    meta: { area: 'watch', needs: 'lots:supervise', rail: 'watch.title' },
  },
  {
    path: `${LOT_PATH}/replay`,
    name: 'replay',
    component: () => import('./views/replay-view.vue'),
    props: lotProps,
    meta: { area: 'watch', needs: 'session' },
  },
];
