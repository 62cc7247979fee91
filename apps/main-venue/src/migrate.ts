import { migrateStep } from '@app/platform/database';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';

await migrateStep('main-migrate', MAIN_MIGRATIONS);
