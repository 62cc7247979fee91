import type { LotPlan } from '@app/testing/lots';
import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import type { StageName } from './stages.js';

/** A lot that a fresh system offers, at the stage where it is left to people. */
export interface Offer {
  readonly lot: LotPlan;
  readonly firstCompany: number;
  readonly until: StageName;
}

const tender = (number: number, name: string, until: StageName): Offer => ({
  lot: { ...TV_E2E_01, id: `DEMO-0${String(number)}`, name: `${name}（演示）`, code: `E330784000100000200${String(number)}` },
  firstCompany: 1,
  until,
});
const procurement = (number: number, name: string, until: StageName): Offer => ({
  lot: { ...TV_E2E_02, id: `DEMO-0${String(number)}`, name: `${name}（演示）`, code: `YKCG202600${String(number)}` },
  firstCompany: 1 + TV_E2E_01.bids.length,
  until,
});

/** In the order of playing: together they have a task for everybody in whose work the browser has a part. */
export const OFFERS: readonly Offer[] = [
  tender(1, '滨江公园景观提升工程施工', 'submission'),
  tender(2, '南溪大桥加固工程施工', 'opening'),
  tender(3, '体育中心改造工程施工', 'evaluation'),
  tender(4, '龙山路排水改造工程施工', 'award'),
  procurement(5, '实验中学实验室设备采购', 'record'),
  procurement(6, '职业学校实训设备采购', 'committee'),
];
