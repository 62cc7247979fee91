import { LOT_PATH, lotProps } from '../../core/lots/lot-route.js';
import type { AreaRoute } from '../../core/routes.js';

/** 开标大厅: one page for everybody; what is on it depends on what the log shows its reader. */
export const hallRoutes: readonly AreaRoute[] = [
  {
    path: `${LOT_PATH}/hall`,
    name: 'hall',
    component: () => import('./views/hall-view.vue'),
    props: lotProps,
    meta: { area: 'hall', needs: 'public' },
  },
];
