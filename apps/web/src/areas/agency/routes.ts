import type { AreaRoute } from '../../core/routes.js';

/** 标段编制: drafts of lots on this device, and one of them on the way to its publication. */
export const agencyRoutes: readonly AreaRoute[] = [
  {
    path: 'founding',
    name: 'founding',
    component: () => import('./views/drafts-view.vue'),
    meta: { area: 'agency', needs: 'lots:found', rail: 'rail.agency' },
  },
  {
    path: 'founding/:draft',
    name: 'founding-draft',
    component: () => import('./views/draft-view.vue'),
    props: true,
    meta: { area: 'agency', needs: 'lots:found' },
  },
];
