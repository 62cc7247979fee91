import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const inRoot = (...parts) => join(ROOT, ...parts);

/** Node 24 from the lock file; everything but setup runs under it. */
const NODE = inRoot('node_modules', `node-linux-${process.arch}`, 'bin', 'node');

/** Where a system keeps its data, keys and logs. */
export const homeFolder = () => resolve(process.env.GONGPING_HOME || inRoot('.gongping'));

/** Where the command was given: npm runs scripts in the project's folder. */
export const callerFolder = () => process.env.INIT_CWD || process.cwd();

/** What is dear to make and fits any clone of the same version. */
export const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gongping');

/** True when this very process runs under the project's own Node, or there is none yet. */
export const nodePath = () => (existsSync(NODE) ? NODE : process.execPath);
