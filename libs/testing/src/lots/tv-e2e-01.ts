import { each, type LotPlan, same } from './lot-plan.js';

/** TV-E2E-01 (domain.md §4.9): tender law, comprehensive evaluation, seven bids, D rejected 4:1, candidates B, E, C. */

export const TV_E2E_01: LotPlan = {
  id: 'TV-E2E-01',
  code: 'E3307840001000001001',
  name: '城东片区市政道路提升工程施工',
  regime: 'TENDER_LAW',
  jurisdiction: 'CN',
  projectType: 'construction',
  venuePreset: 'A',
  rules: {
    facts: { budget: null, isComplex: false, hasSocialImpact: false, isReserved: false },
    method: 'comprehensive',
    ceiling: '10000000.00',
    price: {
      kind: 'benchmark-deviation',
      full: '60',
      floor: '0',
      e1: '1',
      e2: '0.5',
      betaDecimals: 2,
      trim: [
        { below: 5, low: 0, high: 0 },
        { below: 10, low: 1, high: 1 },
        { below: 20, low: 2, high: 2 },
        { below: null, low: 3, high: 3 },
      ],
      k: { fixed: '0.97' },
    },
    deductions: null,
    review: [
      { id: 'formal-1', title: '投标函签字盖章完整', kind: 'formal' },
      { id: 'qualification-1', title: '市政公用工程施工总承包资质满足要求', kind: 'qualification' },
      { id: 'responsiveness-1', title: '工期、质量与投标有效期响应招标文件', kind: 'responsiveness' },
    ],
    items: [
      { id: 'technical-1', part: 'technical', title: '施工组织设计', min: '0', max: '30', step: '1', objective: false },
      { id: 'commercial-1', part: 'commercial', title: '企业业绩与信用', min: '0', max: '10', step: '1', objective: true },
    ],
    twoEnvelope: true,
    memberTrim: { low: 0, high: 0 },
    candidates: 3,
    ties: ['price', 'technical'],
    committee: { members: 5, representatives: 1 },
    award: { kind: 'rank-1' },
  },
  // TV-REM-01: representative and one expert at the main venue, two and one in other cities.
  slots: [
    { slot: 'main-1', specialty: 'A04', city: '永康', venue: 'main' },
    { slot: 'sub-1-1', specialty: 'A08', city: '杭州', venue: 'sub-1' },
    { slot: 'sub-1-2', specialty: 'A0803', city: '杭州', venue: 'sub-1' },
    { slot: 'sub-2-1', specialty: 'A06', city: '温州', venue: 'sub-2' },
  ],
  members: ['expert-1', 'expert-2', 'expert-3', 'expert-4', 'representative-1'],
  bids: [
    { letter: 'A', company: '浙江恒筑建设有限公司', price: '9620000.00', duration: '270', lead: '王建华' },
    { letter: 'B', company: '杭州远大市政工程有限公司', price: '9480000.00', duration: '265', lead: '陈国强' },
    { letter: 'C', company: '宁波海晟路桥股份有限公司', price: '9350000.00', duration: '260', lead: '林志明' },
    { letter: 'D', company: '温州鸿基建设集团有限公司', price: '9710000.00', duration: '270', lead: '黄伟' },
    { letter: 'E', company: '金华中岳交通建设有限公司', price: '9050000.00', duration: '255', lead: '徐立新' },
    { letter: 'F', company: '绍兴越州工程有限公司', price: '9880000.00', duration: '270', lead: '沈文斌' },
    { letter: 'G', company: '台州东港市政园林有限公司', price: '9530000.00', duration: '268', lead: '周海涛' },
  ],
  fails: { D: [0, 1, 2, 4] },
  scores: {
    'technical-1': {
      A: each('24 25 23 26 24'),
      B: each('27 26 28 27 26'),
      C: each('22 23 22 24 21'),
      E: each('25 26 25 24 27'),
      F: each('28 27 29 28 26'),
      G: each('26 25 26 27 24'),
    },
    'commercial-1': { A: same('8', 5), B: same('9', 5), C: same('10', 5), E: same('7', 5), F: same('9', 5), G: same('8', 5) },
  },
  expected: {
    winner: 'B',
    benchmark: '9210150.00',
    totals: { B: '92.87', E: '91.53', C: '90.88', G: '90.13', F: '89.33', A: '87.95' },
    candidates: ['B', 'E', 'C'],
  },
};

/** The first lot where the tenderer's award committee chooses among unranked candidates (评定分离), by seven sealed ballots. */
export const SEPARATED: LotPlan = {
  ...TV_E2E_01,
  id: 'TV-E2E-01-separated',
  jurisdiction: 'CN-33',
  rules: { ...TV_E2E_01.rules, award: { kind: 'direct-vote', members: 7 } },
};
