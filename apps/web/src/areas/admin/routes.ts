import type { AreaRoute } from '../../core/routes.js';
import { ADMIN_PAGES, needsOf } from './model/admin-pages.js';

const VIEWS = {
  people: () => import('./views/people-view.vue'),
  organisations: () => import('./views/organisations-view.vue'),
  certificates: () => import('./views/certificates-view.vue'),
  nodes: () => import('./views/nodes-view.vue'),
  calendar: () => import('./views/calendar-view.vue'),
  keys: () => import('./views/keys-view.vue'),
  imports: () => import('./views/imports-view.vue'),
  changes: () => import('./views/changes-view.vue'),
  jobs: () => import('./views/jobs-view.vue'),
} as const;

/** 人员与权限: the first page stands in the rail, the others in its tabs. */
export const adminRoutes: readonly AreaRoute[] = ADMIN_PAGES.map((page) => ({
  path: `admin/${page}`,
  name: `admin-${page}`,
  component: VIEWS[page],
  meta: { area: 'admin', needs: needsOf(page), ...(page === 'people' ? { rail: 'rail.admin' } : {}) },
}));
