import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import { disclosed, type OpeningForm, READ_OUT_FIELDS } from '@app/evaluation';
import { type LotPlan, TV_E2E_02 } from '@app/testing/lots';
import { createLot, fromLockedToOpened, type Play, publishKeys, publishLot, seat, untilLocked, WITNESS_POLICY } from '@app/testing/play';

const FORM: OpeningForm = {
  title: '办公设备采购开标记录',
  note: '按采购文件第三章第二节宣读。',
  columns: [
    { field: 'validityDays', title: '有效期' },
    { field: 'price', title: '总报价' },
  ],
};
const withForm = (openingForm: OpeningForm): LotPlan => ({ ...TV_E2E_02, rules: { ...TV_E2E_02.rules, openingForm } });
const PACKAGE = { documentPackage: 'a'.repeat(64) };
/** The code and sentence with which a draft with this form is refused its publication. */
function refused(openingForm: OpeningForm): string | null {
  const play = seat(withForm(openingForm));
  createLot(play);
  publishKeys(play);
  return play.table.refusal('agency', 'lot.publish', PACKAGE, { facts: { witnessPolicy: WITNESS_POLICY } });
}
function recordOf(play: Play): JsonObject {
  untilLocked(play);
  fromLockedToOpened(play);
  const { state } = play.table;
  return disclosed(state, state.opening.record?.seq ?? -1, 'd:record') as JsonObject;
}

describe('the template of the opening record (开标记录模板)', () => {
  it('A-115 is set by the tender document and goes into the record that everybody signs', () => {
    expect(recordOf(seat(withForm(FORM)))['form']).toEqual(FORM);
  });

  it('A-115 is in no record of a lot whose document sets none', () => {
    const record = recordOf(seat(TV_E2E_02));
    expect(Object.hasOwn(record, 'form')).toBe(false);
    const { form: _form, ...same } = recordOf(seat(withForm(FORM)));
    // Keys and boxes are drawn anew in each play; everything else is the same.
    const plain = (text: string): string => text.replaceAll(/"ciphertext":"[0-9a-f]{64}"/g, '');
    expect(plain(canonicalText(same))).toBe(plain(canonicalText(record)));
  });

  it('reads out the price in any case, and no field twice', () => {
    const [duration, price] = [{ field: 'duration', title: '工期' } as const, { field: 'price', title: '报价' } as const];
    expect(refused({ ...FORM, columns: [duration] })).toBe('E_INPUT');
    expect(refused({ ...FORM, columns: [price, price] })).toBe('E_INPUT');
    expect(refused({ ...FORM, columns: READ_OUT_FIELDS.map((field) => ({ field, title: field })) })).toBeNull();
    for (const bad of [
      { ...FORM, title: ' ' },
      { ...FORM, columns: [] },
      { ...FORM, columns: [{ field: 'creditCode', title: 'x' }] },
    ])
      expect(() => createLot(seat(withForm(bad as OpeningForm)))).toThrow('E_INPUT');
  });

  it('stands from an amendment on that sets it', () => {
    const play = seat(TV_E2E_02);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    const { table } = play;
    const amended = { package: 'b'.repeat(64), summary: '开标记录格式', affectsBids: true, deadline: '2026-04-24T01:30:00.000Z' };
    table.act('agency', 'lot.amend', { ...amended, rules: { ...table.state.setup.rules, openingForm: FORM } as JsonObject });
    expect(table.state.setup.rules?.openingForm).toEqual(FORM);
  });
});
