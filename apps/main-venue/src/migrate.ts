import { migrateStep } from '@app/platform';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';

await migrateStep('main-migrate', MAIN_MIGRATIONS);
