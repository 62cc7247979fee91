import type { JsonValue, LotEvent, Role } from '@app/contracts';
import type { ListedBid, LotState, TenderRules } from '../src/index.js';
import { initialLotState, resolveRuleSet } from '../src/index.js';

/** An opened lot as the earlier slices leave it: TV-E2E-01 (tender law) or TV-E2E-02 (gov), ready for the committee. */
export interface Plan {
  readonly regime: 'TENDER_LAW' | 'GOV_PROCUREMENT';
  readonly jurisdiction: string;
  readonly members: number;
  readonly award: TenderRules['award'];
  /** bidder → price, and whether it is a small enterprise. */
  readonly bids: Readonly<Record<string, { readonly price: string; readonly smallMicro?: boolean }>>;
  readonly price: TenderRules['price'];
  readonly technicalMax: string;
  readonly commercialMax: string;
  readonly k: string | null;
}

const bidder = (letter: string): string => `bidder-${letter.charCodeAt(0) - 64}`;
/** `bidder-2` → `B`: the letters of the worked examples. */
export const letterOf = (party: string): string => String.fromCharCode(64 + Number(party.slice('bidder-'.length)));
export const partyOf = bidder;

export const TENDER_PLAN: Plan = {
  regime: 'TENDER_LAW',
  jurisdiction: 'demo',
  members: 5,
  award: { kind: 'rank-1' },
  bids: Object.fromEntries(
    Object.entries({ A: '9620000', B: '9480000', C: '9350000', D: '9710000', E: '9050000', F: '9880000', G: '9530000' }).map(
      ([letter, price]) => [bidder(letter), { price }],
    ),
  ),
  price: {
    kind: 'benchmark-deviation',
    full: '60',
    floor: '0',
    e1: '1',
    e2: '0.5',
    betaDecimals: 2,
    trim: [
      { below: 5, low: 0, high: 0 },
      { below: null, low: 1, high: 1 },
    ],
    k: { drawn: ['0.97', '0.98'] },
  },
  technicalMax: '30',
  commercialMax: '10',
  k: '0.97',
};

export const GOV_PLAN: Plan = {
  regime: 'GOV_PROCUREMENT',
  jurisdiction: 'demo',
  members: 7,
  award: { kind: 'rank-1' },
  bids: {
    [bidder('A')]: { price: '980000' },
    [bidder('B')]: { price: '1050000', smallMicro: true },
    [bidder('C')]: { price: '1200000' },
  },
  price: { kind: 'low-price-first', weight: '30' },
  technicalMax: '50',
  commercialMax: '20',
  k: null,
};

const item = (id: string, part: 'technical' | 'commercial', max: string, objective: boolean) => ({
  id,
  part,
  title: id,
  min: '0',
  max,
  step: '1',
  objective,
});

export function tenderRules(plan: Plan): TenderRules {
  return {
    method: plan.regime === 'TENDER_LAW' ? 'comprehensive' : 'scored',
    ceiling: '9999999',
    price: plan.price,
    deductions: plan.regime === 'TENDER_LAW' ? null : { smallMicro: '10', domestic: '0' },
    review: [
      { id: 'seal', title: 'sealed', kind: 'formal' },
      { id: 'qualified', title: 'qualified', kind: 'qualification' },
    ],
    items: [item('t', 'technical', plan.technicalMax, false), item('c', 'commercial', plan.commercialMax, true)],
    twoEnvelope: false,
    memberTrim: { low: 0, high: 0 },
    candidates: 3,
    committee: { members: plan.members, representatives: 1 },
    award: plan.award,
  };
}

export const NODES = ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'];
const AT = '2026-11-22T01:00:00.000Z';

/** Members of the plan: one representative at the main venue, experts at the two sub-venues. */
export function memberSeats(count: number): { party: string; role: Role; venue: string; seat: string }[] {
  const experts = Array.from({ length: count - 1 }, (_, index) => ({
    party: `expert-${index + 1}`,
    role: 'expert' as const,
    venue: `sub-${(index % 2) + 1}`,
    seat: `pod-${index + 1}`,
  }));
  return [{ party: 'representative-1', role: 'tenderer-representative', venue: 'main', seat: 'pod-1' }, ...experts];
}

export function openedLot(plan: Plan): LotState {
  const fresh = initialLotState('test/lot/l1/1', 'l1', 1);
  const party = (roles: readonly Role[], venue: string | null = null) => ({ roles, admittedAs: roles, venue, seat: null, seq: 0 });
  const parties: Record<string, LotState['parties'][string]> = {
    tenderer: party(['tenderer']),
    agency: party(['agency']),
    supervisor: party(['supervisor']),
    'witness-sub-1': party(['witness'], 'sub-1'),
  };
  for (const node of NODES) parties[node] = party(['node'], node.slice('node:'.length));
  for (const name of Object.keys(plan.bids)) parties[name] = party(['bidder']);
  for (const { party: name, role, venue, seat } of memberSeats(plan.members)) parties[name] = { ...party([role], venue), seat };
  for (let index = 1; index <= 5; index++) parties[`award-${index}`] = party(['award-member'], 'main');
  const rules = tenderRules(plan);
  const opened = withBids(fresh, plan);
  return {
    ...opened,
    status: 'OPENED',
    at: AT,
    parties,
    setup: {
      ...fresh.setup,
      isPublic: true,
      code: 'L1',
      name: 'Test lot',
      regime: plan.regime,
      jurisdiction: plan.jurisdiction,
      projectType: 'construction',
      rules,
      ruleSet: resolveRuleSet(plan.regime, plan.jurisdiction, '2026-11-22'),
      venues: [
        { venue: 'main', role: 'main', city: 'home' },
        { venue: 'sub-1', role: 'sub', city: 'x' },
        { venue: 'sub-2', role: 'sub', city: 'y' },
      ],
      venuePreset: 'A',
      tendererCity: 'home',
      keepers: { bids: { threshold: 3, parties: NODES }, sheets: { threshold: 2, parties: NODES.slice(1) } },
      publishedAt: AT,
    },
  };
}

/** Opened bids with their opening sheets, each disclosed by an entry of its own. */
function withBids(state: LotState, plan: Plan): LotState {
  const names = Object.keys(plan.bids);
  const disclosed: Record<string, JsonValue> = {};
  const secretEntries: Record<string, LotState['secretEntries'][string]> = {};
  names.forEach((name, seq) => {
    const { price, smallMicro } = plan.bids[name]!;
    disclosed[`${seq}/x:sheet`] = {
      v: 1,
      price,
      priceWords: 'words',
      duration: '90',
      quality: 'good',
      projectLead: 'lead',
      validityDays: 90,
      security: null,
      claims: { smallMicro: smallMicro === true, domestic: false },
    };
    const events: LotEvent[] = [];
    const header = { v: 1 as const, seq, at: AT, type: 'opening.open-bid', parts: { 'x:sheet': '0'.repeat(64) } };
    secretEntries[seq] = { header, events, party: 'node:main' };
  });
  const bids = names.map((name): ListedBid => ({
    bid: `bid-of-${name}`,
    bidder: name,
    deliveredAt: AT,
    manifestHash: '0'.repeat(64),
    ciphertext: { hash: '0'.repeat(64), size: 1 },
    innerHeaderHash: '0'.repeat(64),
    indexCommitment: '0'.repeat(64),
  }));
  const byId = <T>(of: (name: string, seq: number) => T) => Object.fromEntries(names.map((name, seq) => [`bid-of-${name}`, of(name, seq)]));
  return {
    ...state,
    size: names.length,
    bidding: { ...state.bidding, lockedAt: AT, bids: Object.fromEntries(bids.map((bid) => [bid.bid, bid])) },
    opening: {
      ...state.opening,
      step: 'CLOSED',
      startedAt: AT,
      names: Object.fromEntries(names.map((name) => [name, `Company ${letterOf(name)}`])),
      bids: byId((_, seq) => ({ status: 'OPENED' as const, result: 'OK' as const, fault: null, at: AT, innerHeader: null, sheetSeq: seq })),
      coefficient: { ...state.opening.coefficient, value: plan.k },
    },
    disclosed,
    secretEntries,
  };
}
