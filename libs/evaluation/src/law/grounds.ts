/** 条例 51: the only grounds on which a committee rejects a bid. */
export const TENDER_LAW_GROUNDS = [
  'UNSEALED_OR_UNSIGNED', // 未经单位盖章和负责人签字
  'CONSORTIUM_WITHOUT_AGREEMENT', // 联合体没有提交共同投标协议
  'UNQUALIFIED', // 不符合国家或者招标文件规定的资格条件
  'ALTERNATIVE_BIDS_OR_PRICES', // 两个以上不同的投标文件或者投标报价
  'BELOW_COST_OR_ABOVE_CEILING', // 低于成本或者高于最高投标限价
  'NOT_RESPONSIVE', // 没有对实质性要求和条件作出响应
  'COLLUSION_FRAUD_BRIBERY', // 串通投标、弄虚作假、行贿
] as const;

/** 87号令 63. */
export const GOV_PROCUREMENT_GROUNDS = [
  'NO_SECURITY', // 未按要求提交投标保证金
  'UNSIGNED', // 未按要求签署、盖章
  'UNQUALIFIED', // 不具备资格要求
  'ABOVE_BUDGET', // 超过预算金额或者最高限价
  'UNACCEPTABLE_CONDITIONS', // 含有采购人不能接受的附加条件
  'OTHER_STATED', // 法律、法规和招标文件规定的其他无效情形
] as const;

export type RejectionGround = (typeof TENDER_LAW_GROUNDS)[number] | (typeof GOV_PROCUREMENT_GROUNDS)[number];
