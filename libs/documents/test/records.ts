import type { JsonObject } from '@app/contracts';
import { TV_E2E_01, type LotPlan } from '@app/testing/lots';
import { at, closeOpening, drawK, openAllBids, startOpening } from '@app/testing/play';

const price = { ...TV_E2E_01.rules.price, k: { drawn: ['0.955', '0.960', '0.970'] } } as LotPlan['rules']['price'];

/** The opening record of the first worked lot, with K drawn: part `d:record` of its entry. */
export function playedRecord(): JsonObject {
  const play = at({ ...TV_E2E_01, id: 'documents', rules: { ...TV_E2E_01.rules, price } }, 'locked');
  startOpening(play);
  openAllBids(play);
  drawK(play);
  closeOpening(play);
  const { state, entries } = play.table;
  const record = entries[state.opening.record?.seq ?? -1]?.parts['d:record'];
  if (record === undefined) throw new Error('no record was made');
  return record as JsonObject;
}

/** A small one with everything that is rare: procurement law, a bid that was not opened, an objection. */
export const SMALL: JsonObject = {
  v: 1,
  origin: 'gongping.test/lot/small/1',
  lot: { code: 'E1', name: '办公家具采购', regime: 'GOV_PROCUREMENT', ceiling: null },
  place: 'sub-1',
  deadline: '2026-03-24T01:30:00.000Z',
  startedAt: '2026-03-24T01:30:01.000Z',
  host: 'agency',
  readOutAt: null,
  signedIn: { 'witness-main': '2026-03-24T01:31:00.000Z', agency: '2026-03-24T01:30:05.000Z' },
  bids: [
    {
      bid: '01a0c000-0000-7000-8000-000000000001',
      bidder: 'bidder-1',
      name: '甲公司',
      deliveredAt: '2026-03-23T01:30:00.000Z',
      ciphertext: 'ab'.repeat(32),
      status: 'FAILED_BIDDER_FAULT',
      result: 'TIMEOUT',
      fault: 'BIDDER',
      explanation: '逾时',
      at: '2026-03-24T02:00:00.000Z',
      sheet: null,
    },
  ],
  coefficient: { value: null, seed: null, requests: 0, nonces: {} },
  findings: [],
  objections: [{ id: 'o', by: 'bidder-1', at: '2026-03-24T02:01:00.000Z', text: '未宣读质量', reply: '已补读' }],
  confirmations: {},
};

/** Hash of its document. */
export const SMALL_FORM_1 = 'd9317490f0ae4b55bf285c8dd9b166b6a2e3d5ebe369460b75bc6a7e6c5d2a27';
