import { createRouter, createWebHistory } from 'vue-router';
import ShellLayout from '../layouts/shell-layout.vue';

/** `/lots/:lot/:round` is the same page for every role; what is on it depends on what the log shows its reader. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', name: 'login', component: () => import('../areas/public/views/login-view.vue') },
    {
      path: '/',
      component: ShellLayout,
      children: [
        { path: '', redirect: { name: 'lots' } },
        { path: 'lots', name: 'lots', component: () => import('../areas/lot/views/lots-view.vue') },
        {
          path: 'lots/:lot/:round(\\d+)',
          name: 'lot',
          component: () => import('../areas/lot/views/lot-view.vue'),
          props: (route) => ({ lot: String(route.params['lot']), round: Number(route.params['round']) }),
        },
        {
          path: 'lots/:lot/:round(\\d+)/desk',
          name: 'desk',
          component: () => import('../areas/desk/views/desk-view.vue'),
          props: (route) => ({ lot: String(route.params['lot']), round: Number(route.params['round']) }),
        },
        { path: 'verify', name: 'verify', component: () => import('../areas/public/views/verify-view.vue') },
        { path: ':rest(.*)*', redirect: { name: 'lots' } },
      ],
    },
  ],
});
