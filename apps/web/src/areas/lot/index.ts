/** What other areas may use of the lot's page. */
export { stepNow } from './model/now.js';
export { stepsOf } from './model/sealed-kinds.js';
export { timeRows, type TimeRow } from './model/time-rows.js';
export { isSignable, shownDocument } from './model/shown-document.js';
export { default as ActForm } from './views/act-form.vue';
export { default as DrillPanel } from './views/drill-panel.vue';
export { default as DutyList } from './views/duty-list.vue';
export { default as EngineNote } from './views/engine-note.vue';
export { default as EntryDrawer } from './views/entry-drawer.vue';
export { default as NowPanel } from './views/now-panel.vue';
export { default as OrdersPanel } from './views/orders-panel.vue';
export { default as SecurityPanel } from './views/security-panel.vue';
export { default as SecurityStanding } from './views/security-standing.vue';
