import type { AreaRoute } from '../../core/routes.js';

/** Pages for anybody. */
export const publicRoutes: readonly AreaRoute[] = [
  {
    path: '/login',
    name: 'login',
    component: () => import('./views/login-view.vue'),
    meta: { area: 'public', needs: 'public', isBare: true },
  },
  {
    path: 'verify',
    name: 'verify',
    component: () => import('./views/verify-view.vue'),
    meta: { area: 'public', needs: 'public', rail: 'rail.verify' },
  },
];
