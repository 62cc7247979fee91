import type { TenderRules } from '@app/evaluation';

/** Words of the methods, for the form, the result and the report (docs/decisions/0014). A kind of the rules that is missing here does not compile. */
export const methods = {
  priceMethod: {
    'low-price-first': '低价优先法',
    'benchmark-deviation': '基准价偏离法',
    'benchmark-ceiling': '限价复合法（平均值与最高限价加权）',
    'benchmark-three-part': '三部分合成法（含随机抽取一个报价）',
    'benchmark-iterative': '逐次剔除法',
    'benchmark-lowest': '最低有效价为基准价',
    'benchmark-random': '随机抽取法（区间内抽取若干报价）',
    'lowest-evaluated-price': '评标价最低者优先（不打分）',
    'fixed-price': '固定价格，不设价格分',
  } satisfies Record<TenderRules['price']['kind'], string>,
  awardMethod: { 'rank-1': '确定排名第一的中标候选人', 'direct-vote': '评定分离：定标委员会投票' } satisfies Record<
    TenderRules['award']['kind'],
    string
  >,
  /** Figures on the way to the benchmark price that one method alone has, by the name that it gives them. */
  benchmarkStep: {
    ofMean: '平均值部分',
    ofCeiling: '最高投标限价部分',
    composite: '区间的中心值',
    to: '区间上限',
    drawn: '抽中',
    a: 'A 值（限价下浮）',
    limit: '合理最低价的下限',
    c: 'C 值（合理最低）',
    pool: '抽取范围',
    b: 'B 值（随机抽取）',
    from: '区间下限',
  },
};
