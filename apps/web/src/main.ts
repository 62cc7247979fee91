import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app.vue';
import { i18n, useLocale } from './locales/index.js';
import { router } from './router/index.js';
import { connect } from './core/realtime/realtime.js';
import { useClockStore } from './core/installation/clock.js';
import { useSessionStore } from './core/identity/session.js';
import 'element-plus/es/components/base/style/css';
import './theme/tokens.css';
import './theme/base.css';

const app = createApp(App).use(createPinia()).use(i18n);
useLocale(i18n.global.locale.value);

const clock = useClockStore();
clock.start();
// The first screen waits for who is here, so that nobody sees the public's view flash by; an unreachable server is said on the page.
await clock.sample().catch(() => undefined);
if (!(await useSessionStore().restore())) connect(null);
void clock.sample().catch(() => undefined);

app.use(router).mount('#app');
