import { loadConfig } from '@app/platform';
import { createSite } from './app.js';

const config = loadConfig();
const app = await createSite(config);
await app.listen(config.PORT, config.HOST);
