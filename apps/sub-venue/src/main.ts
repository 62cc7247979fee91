import { loadConfig } from '@app/platform';
import { createSite } from './app.js';

const config = loadConfig();
const running = await createSite(config);
await running.app.listen(config.PORT, config.HOST);

/** A site stops between two writes: what it has told anybody is on its disk, so nothing has to be finished. */
let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void running.close().then(() => process.exit(0));
  });
}
