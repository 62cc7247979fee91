/** What other areas may use of the lot's page. */
export { default as NowPanel } from './views/now-panel.vue';
