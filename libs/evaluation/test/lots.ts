import type { TenderRules } from '@app/evaluation';

/** The two lots of domain.md §4.9 as data: what the tender document says, what bidders offer, what members find. */
export interface LotPlan {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly regime: 'TENDER_LAW' | 'GOV_PROCUREMENT';
  readonly jurisdiction: string;
  readonly projectType: 'construction' | 'goods';
  readonly venuePreset: 'A' | 'B' | 'C' | 'D';
  readonly rules: TenderRules;
  readonly bids: readonly { readonly letter: string; readonly price: string; readonly smallMicro?: boolean }[];
  /** Places to draw: specialty, the expert's city, venue. */
  readonly slots: readonly { readonly slot: string; readonly specialty: string; readonly city: string; readonly venue: string }[];
  /** Members in the order of the columns below. */
  readonly members: readonly string[];
  /** Letter → members (by column) who fail the bid in the review. */
  readonly fails: Readonly<Record<string, readonly number[]>>;
  /** Part → item → letter → values in member order. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;
}

const each = (list: string): string[] => list.split(' ');
const same = (value: string, members: number): string[] => Array.from({ length: members }, () => value);

export const TV_E2E_01: LotPlan = {
  id: 'lot-e2e-01',
  code: 'E3307840001000001001',
  name: '城东片区市政道路提升工程施工',
  regime: 'TENDER_LAW',
  jurisdiction: 'CN',
  projectType: 'construction',
  venuePreset: 'A',
  rules: {
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
        { below: null, low: 2, high: 2 },
      ],
      k: { fixed: '0.97' },
    },
    deductions: null,
    review: [
      { id: 'formal-1', title: '投标函签字盖章', kind: 'formal' },
      { id: 'qualification-1', title: '施工总承包资质', kind: 'qualification' },
    ],
    items: [
      { id: 'technical-1', part: 'technical', title: '施工组织设计', min: '0', max: '30', step: '1', objective: false },
      { id: 'commercial-1', part: 'commercial', title: '企业业绩', min: '0', max: '10', step: '1', objective: true },
    ],
    twoEnvelope: true,
    memberTrim: { low: 0, high: 0 },
    candidates: 3,
    committee: { members: 5, representatives: 1 },
    award: { kind: 'rank-1' },
  },
  bids: [
    { letter: 'A', price: '9620000.00' },
    { letter: 'B', price: '9480000.00' },
    { letter: 'C', price: '9350000.00' },
    { letter: 'D', price: '9710000.00' },
    { letter: 'E', price: '9050000.00' },
    { letter: 'F', price: '9880000.00' },
    { letter: 'G', price: '9530000.00' },
  ],
  // TV-REM-01: representative and one expert at the main venue, two and one in other cities.
  slots: [
    { slot: 'main-1', specialty: 'A04', city: '永康', venue: 'main' },
    { slot: 'sub-1-1', specialty: 'A08', city: '温州', venue: 'sub-1' },
    { slot: 'sub-1-2', specialty: 'A0803', city: '温州', venue: 'sub-1' },
    { slot: 'sub-2-1', specialty: 'A06', city: '绍兴', venue: 'sub-2' },
  ],
  members: ['expert-1', 'expert-2', 'expert-3', 'expert-4', 'representative-1'],
  fails: { D: [0, 1, 2, 4] },
  scores: {
    technical: {
      'technical-1': {
        A: each('24 25 23 26 24'),
        B: each('27 26 28 27 26'),
        C: each('22 23 22 24 21'),
        E: each('25 26 25 24 27'),
        F: each('28 27 29 28 26'),
        G: each('26 25 26 27 24'),
      },
    },
    commercial: {
      'commercial-1': { A: same('8', 5), B: same('9', 5), C: same('10', 5), E: same('7', 5), F: same('9', 5), G: same('8', 5) },
    },
  },
};

export const TV_E2E_02: LotPlan = {
  id: 'lot-e2e-02',
  code: 'ZFCG-2026-0418-01',
  name: '智慧校园教学设备采购项目',
  regime: 'GOV_PROCUREMENT',
  jurisdiction: 'CN',
  projectType: 'goods',
  venuePreset: 'B',
  rules: {
    method: 'scored',
    ceiling: '1300000.00',
    price: { kind: 'low-price-first', weight: '30' },
    deductions: { smallMicro: '10', domestic: '0' },
    review: [{ id: 'conformity-1', title: '实质性响应', kind: 'responsiveness' }],
    items: [
      { id: 'technical-1', part: 'technical', title: '技术方案', min: '0', max: '50', step: '1', objective: false },
      { id: 'commercial-1', part: 'commercial', title: '履约能力', min: '0', max: '20', step: '1', objective: true },
    ],
    twoEnvelope: false,
    memberTrim: { low: 0, high: 0 },
    candidates: 3,
    committee: { members: 7, representatives: 2 },
    award: { kind: 'rank-1' },
  },
  bids: [
    { letter: 'A', price: '980000.00' },
    { letter: 'B', price: '1050000.00', smallMicro: true },
    { letter: 'C', price: '1200000.00' },
  ],
  slots: [
    { slot: 'main-1', specialty: 'A04', city: '永康', venue: 'main' },
    { slot: 'sub-1-1', specialty: 'A08', city: '温州', venue: 'sub-1' },
    { slot: 'sub-1-2', specialty: 'A08', city: '温州', venue: 'sub-1' },
    { slot: 'sub-2-1', specialty: 'A06', city: '绍兴', venue: 'sub-2' },
    { slot: 'sub-2-2', specialty: 'A06', city: '绍兴', venue: 'sub-2' },
  ],
  members: ['expert-1', 'expert-2', 'expert-3', 'expert-4', 'expert-5', 'representative-1', 'representative-2'],
  fails: {},
  scores: {
    technical: {
      'technical-1': { A: each('42 43 41 44 42 43 41'), B: each('40 41 39 42 40 41 40'), C: each('47 46 48 47 46 48 47') },
    },
    commercial: { 'commercial-1': { A: same('18', 7), B: same('16', 7), C: same('20', 7) } },
  },
};

/** The first lot where the tenderer's award committee chooses among unranked candidates (评定分离), by seven sealed ballots. */
export const SEPARATED: LotPlan = {
  ...TV_E2E_01,
  id: 'lot-separated',
  jurisdiction: 'CN-33',
  rules: { ...TV_E2E_01.rules, award: { kind: 'direct-vote', members: 7 } },
};
