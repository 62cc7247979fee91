import { codes } from './codes.js';
import { common } from './common.js';
import { duties } from './duties.js';
import { entries } from './entries.js';
import { lot } from './lot.js';
import { statutory } from './statutory.js';

export const zhCn = { ...common, ...statutory, ...lot, ...duties, ...entries, ...codes };
