import { LOT_PATH, lotProps } from '../../core/lots/lot-route.js';
import type { AreaRoute } from '../../core/routes.js';

export const deskRoutes: readonly AreaRoute[] = [
  {
    path: `${LOT_PATH}/desk`,
    name: 'desk',
    component: () => import('./views/desk-view.vue'),
    props: lotProps,
    meta: { area: 'desk', needs: 'session' },
  },
];
