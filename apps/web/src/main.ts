import { createPinia } from 'pinia';
import { createApp, watch } from 'vue';
import App from './app.vue';
import { COMMANDS } from './areas/commands.js';
import { COMMAND_RECORDS } from './core/commands/command-record.js';
import { i18n, useLocale } from './locales/index.js';
import { createPages } from './router/index.js';
import { Venue, VENUE } from './core/request/venue.js';
import { useClockStore } from './core/installation/clock.js';
import { useTrustStore } from './core/trust/trust.js';
import { useSessionStore } from './core/identity/session.js';
import 'element-plus/es/components/base/style/css';
import './theme/tokens.css';
import './theme/base.css';

const venue = new Venue();
const app = createApp(App).provide(VENUE, venue).provide(COMMAND_RECORDS, COMMANDS).use(createPinia()).use(i18n);
useLocale(i18n.global.locale.value);

const clock = useClockStore();
clock.start();
// The first screen waits for who is here, so that nobody sees the public's view flash by; an unreachable server is said on the page.
await clock.sample().catch(() => undefined);
// Before any lot is judged, so that it is judged once.
const trust = useTrustStore();
if (clock.installation !== null) await trust.load(clock.installation.name);
watch(
  () => clock.installation?.name,
  (name) => {
    if (name !== undefined) void trust.load(name);
  },
);
const session = useSessionStore();
if (!(await session.restore())) venue.actAs(null);
void clock.sample().catch(() => undefined);

const pages = createPages(() => session.session);
// A session that the server ends leaves no page open that needed it.
watch(
  () => session.ended,
  (ended) => {
    if (ended !== null) void pages.push({ name: 'login' });
  },
);
app.use(pages).mount('#app');
