/** 少数服从多数 (87号令 61): more than half of all members say fail. The committee is odd and nobody abstains, so there is no tie. */
export const isRejectedByMajority = (fails: number, members: number): boolean => fails * 2 > members;

/** 条例 48: more than this share of the members find the time short, so it must be extended. */
export const isMoreTimeDue = (asking: number, members: number, share: { readonly num: number; readonly den: number }): boolean =>
  asking * share.den > members * share.num;
