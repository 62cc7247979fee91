import { LOT_PATH, lotProps } from '../../core/lots/lot-route.js';
import type { AreaRoute } from '../../core/routes.js';

/** 评标室: sight and sound of a seat, recorded by its site. */
export const roomRoutes: readonly AreaRoute[] = [
  {
    path: `${LOT_PATH}/room`,
    name: 'room',
    component: () => import('./views/room-view.vue'),
    props: lotProps,
    meta: { area: 'room', needs: 'session' },
  },
];
