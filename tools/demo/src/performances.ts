import { TV_E2E_01, TV_E2E_02, type LotPlan } from '@app/testing/lots';

/** The worked lots, with the number of the first company that bids. */
export const PERFORMANCES: readonly { readonly lot: LotPlan; readonly firstCompany: number }[] = [
  { lot: TV_E2E_01, firstCompany: 1 },
  { lot: TV_E2E_02, firstCompany: 1 + TV_E2E_01.bids.length },
];

/** `TV-E2E-01`, then `TV-E2E-01.2` …: a name that no lot has. */
export function freeName(id: string, taken: ReadonlySet<string>): string {
  let name = id;
  for (let number = 2; taken.has(name); number += 1) name = `${id}.${String(number)}`;
  return name;
}
