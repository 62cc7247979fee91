import { admin } from './admin.js';
import { agency } from './agency.js';
import { bid } from './bid.js';
import { codes } from './codes.js';
import { committee } from './committee.js';
import { common } from './common.js';
import { desk } from './desk.js';
import { evidence } from './evidence.js';
import { hall } from './hall.js';
import { lot } from './lot.js';
import { methods } from './methods.js';
import { room } from './room.js';
import { statutory } from './statutory.js';
import { watch } from './watch.js';

export const zhCn = {
  ...common,
  ...statutory,
  ...lot,
  ...committee,
  ...methods,
  ...evidence,
  ...codes,
  ...admin,
  ...bid,
  ...agency,
  ...hall,
  ...desk,
  ...room,
  ...watch,
};
