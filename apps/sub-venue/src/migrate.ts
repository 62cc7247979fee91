import { migrate, readVariable } from '@app/platform';
import { SITE_MIGRATIONS } from '../../../migrations/site/index.js';

/** Deploy step of its own: brings the site's database at DATABASE_URL (as the schema's owner) up to date. */
const url = readVariable('DATABASE_URL');
if (url === undefined) throw new Error('DATABASE_URL is missing');
const done = await migrate({ url, name: 'site-migrate', migrations: SITE_MIGRATIONS });
process.stdout.write(done.length === 0 ? 'nothing to migrate\n' : `${done.join('\n')}\n`);
