import { migrateStep } from '@app/platform/database';
import { SITE_MIGRATIONS } from '../../../migrations/site/index.js';

await migrateStep('site-migrate', SITE_MIGRATIONS);
