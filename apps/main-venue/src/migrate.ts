import { migrate, readVariable } from '@app/platform';
import { MAIN_MIGRATIONS } from '../../../migrations/main/index.js';

/** Deploy step of its own: brings the database at DATABASE_URL (as the schema's owner) up to date. */
const url = readVariable('DATABASE_URL');
if (url === undefined) throw new Error('DATABASE_URL is missing');
const done = await migrate({ url, name: 'main-migrate', migrations: MAIN_MIGRATIONS });
process.stdout.write(done.length === 0 ? 'nothing to migrate\n' : `${done.join('\n')}\n`);
