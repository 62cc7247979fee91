import type { AreaRoute } from '../../src/core/routes.js';

export const exampleRoutes: readonly AreaRoute[] = [
  {
    path: 'bookings',
    name: 'bookings',
    component: () => import('./bookings-view.js'),
    meta: { area: 'places', needs: 'registry:read', rail: 'rail.all' },
  },
];
