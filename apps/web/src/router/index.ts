import type { Session } from '@app/contracts';
import { createRouter, createWebHistory, type Router } from 'vue-router';
import { ROUTES } from '../areas/routes.js';
import { holds } from '../core/identity/rights.js';
import ShellLayout from '../layouts/shell-layout.vue';

/** `sessionNow`: who is here at the moment of asking. Whoever lacks a login is sent there and back; whoever lacks a right, to the lots. */
export function createPages(sessionNow: () => Session | null): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...ROUTES.filter(({ meta }) => meta.isBare === true),
      {
        path: '/',
        component: ShellLayout,
        children: [
          { path: '', redirect: { name: 'lots' } },
          ...ROUTES.filter(({ meta }) => meta.isBare !== true),
          { path: ':rest(.*)*', redirect: { name: 'lots' } },
        ],
      },
    ],
  });
  router.beforeEach(({ meta, fullPath }) => {
    const session = sessionNow();
    if (holds(session, meta.needs ?? 'public')) return true;
    return session === null ? { name: 'login', query: { to: fullPath } } : { name: 'lots' };
  });
  return router;
}
