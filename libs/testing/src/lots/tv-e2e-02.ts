import { each, type LotPlan, same } from './lot-plan.js';

/** TV-E2E-02 (domain.md §4.9): government procurement, seven members, B takes the SME deduction, C wins although dearest. */

export const TV_E2E_02: LotPlan = {
  id: 'TV-E2E-02',
  code: 'ZFCG-2026-0418-01',
  name: '智慧校园教学设备采购项目（一包）',
  regime: 'GOV_PROCUREMENT',
  jurisdiction: 'CN',
  projectType: 'goods',
  venuePreset: 'B',
  rules: {
    facts: { budget: '1300000.00', isComplex: false, hasSocialImpact: false, isReserved: false },
    method: 'scored',
    ceiling: '1300000.00',
    price: { kind: 'low-price-first', weight: '30' },
    // Nobody offers domestic products, so their deduction meets no price.
    deductions: { smallMicro: '10', domestic: '20' },
    review: [
      { id: 'conformity-1', title: '投标文件签署、盖章符合要求', kind: 'formal' },
      { id: 'conformity-2', title: '★号技术参数全部响应', kind: 'responsiveness' },
    ],
    items: [
      { id: 'technical-1', part: 'technical', title: '技术方案与参数', min: '0', max: '50', step: '1', objective: false },
      { id: 'commercial-1', part: 'commercial', title: '履约能力与售后服务', min: '0', max: '20', step: '1', objective: true },
    ],
    twoEnvelope: false,
    memberTrim: { low: 0, high: 0 },
    candidates: 3,
    ties: [],
    committee: { members: 7, representatives: 2 },
    award: { kind: 'rank-1' },
  },
  slots: [
    { slot: 'main-1', specialty: 'A04', city: '永康', venue: 'main' },
    { slot: 'sub-1-1', specialty: 'A08', city: '杭州', venue: 'sub-1' },
    { slot: 'sub-1-2', specialty: 'A08', city: '杭州', venue: 'sub-1' },
    { slot: 'sub-2-1', specialty: 'A06', city: '温州', venue: 'sub-2' },
    { slot: 'sub-2-2', specialty: 'A06', city: '温州', venue: 'sub-2' },
  ],
  members: ['expert-1', 'expert-2', 'expert-3', 'expert-4', 'expert-5', 'representative-1', 'representative-2'],
  bids: [
    { letter: 'A', company: '杭州启明教育装备有限公司', price: '980000.00', duration: '45', lead: '何敏' },
    { letter: 'B', company: '金华思源科技有限公司', price: '1050000.00', duration: '40', lead: '吴倩', smallMicro: true },
    { letter: 'C', company: '宁波致远信息技术有限公司', price: '1200000.00', duration: '30', lead: '郑凯' },
  ],
  fails: {},
  scores: {
    'technical-1': { A: each('42 43 41 44 42 43 41'), B: each('40 41 39 42 40 41 40'), C: each('47 46 48 47 46 48 47') },
    'commercial-1': { A: same('18', 7), B: same('16', 7), C: same('20', 7) },
  },
  expected: { winner: 'C', benchmark: null, totals: { A: '89.21', B: '86.43', C: '90.63' }, candidates: ['C', 'A', 'B'] },
};

/** The same where the tender document asks for a bid security. */
export const SECURED: LotPlan = {
  ...TV_E2E_02,
  id: 'TV-E2E-02-secured',
  rules: { ...TV_E2E_02.rules, bidSecurity: { amount: '20000.00', forms: ['TRANSFER', 'BANK_GUARANTEE'] } },
};
