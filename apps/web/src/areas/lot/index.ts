/** What other areas may use of the lot's page. */
export { default as EngineNote } from './views/engine-note.vue';
export { default as NowPanel } from './views/now-panel.vue';
