import { loadConfig } from '@app/platform';
import { createApp } from './app.js';

const config = loadConfig();
const app = await createApp(config);
await app.listen(config.PORT, config.HOST);
