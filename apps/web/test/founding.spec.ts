import type { FoundingPerson, FoundingVenue, JsonValue } from '@app/contracts';
import { type OpeningForm, openShelf, type ReadOutField, zTenderRules } from '@app/evaluation';
import { WITNESS_POLICY } from '@app/testing/play';
import { type LotPlan, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { en } from '../src/locales/langs/en/index.js';
import { zhCn } from '../src/locales/langs/zh-cn/index.js';
import { copyOf, copyOfDraft } from '../src/areas/agency/model/copy.js';
import { EMPTY_DRAFT, type LotDraft, type Patch, possibleTrustees } from '../src/areas/agency/model/draft.js';
import { PRICE_KINDS } from '../src/areas/agency/model/method-forms.js';
import { faultsOf } from '../src/areas/agency/model/faults.js';
import { formRows, moved, titled, wholeForm, withField, without } from '../src/areas/agency/model/opening-form.js';
import { planFor, planOf } from '../src/areas/agency/model/plan.js';
import { rehearse, type Rehearsal } from '../src/areas/agency/model/rehearsal.js';

const zTable = z.record(z.string(), z.string());
/** The tables of words that are asked here. */
const zWords = z.object({ fault: zTable, law: zTable, field: zTable, step: zTable });
const shelf = await openShelf();
const AT = '2026-03-02T01:00:00.000Z';
const person = (id: string, organisation = `o-${id}`): FoundingPerson => ({
  person: { id, name: id },
  organisation: { id: organisation, name: organisation },
  certificate: 'a'.repeat(64),
});
const venue = (name: string, role: FoundingVenue['role']): FoundingVenue => ({ venue: name, name, role, city: '杭州', nodeKey: 'AAAA' });
const VENUES = [venue('main', 'main'), venue('sub-1', 'sub'), venue('sub-2', 'sub'), venue('supervision', 'supervision')];
const AGENCY = person('p-agency');

const written = (plan: LotPlan, jurisdiction: string): LotDraft => ({
  ...EMPTY_DRAFT,
  code: plan.code,
  name: plan.name,
  regime: plan.regime,
  jurisdiction,
  projectType: plan.projectType,
  tendererCity: '永康',
  tenderer: person('p-owner'),
  supervisor: person('p-supervisor'),
  venues: ['sub-1', 'sub-2', 'supervision'],
  venuePreset: plan.venuePreset,
  trustees: ['agency', 'tenderer', 'supervisor', 'node:main', 'node:sub-1'],
  threshold: '3',
  documentsFrom: '2026-03-02T09:00',
  documentsUntil: '2026-03-20T17:00',
  deadline: '2026-03-24T09:30',
});
const rulesOf = ({ rules, regime, jurisdiction, projectType, venuePreset }: LotPlan): Patch => {
  const setup = { rules, regime, jurisdiction, projectType, venuePreset, name: '', tendererCity: '', venues: [], keepers: NO_KEEPERS };
  const { price, review, items, ...others } = copyOf({ ...EMPTY_SETUP, ...setup });
  const { ceiling, budget, smallMicro, smallPartner, domestic, members, representatives, ties, candidates, twoEnvelope } = others;
  return {
    price,
    review,
    items,
    ceiling,
    budget,
    smallMicro,
    smallPartner,
    domestic,
    members,
    representatives,
    ties,
    candidates,
    twoEnvelope,
  };
};
const NO_KEEPERS = { bids: { threshold: 0, parties: [] }, sheets: { threshold: 0, parties: [] } };
const EMPTY_SETUP = (await import('@app/evaluation')).initialLotState('x/lot/y/1', 'y', 1).setup;

const TENDER: LotDraft = { ...written(TV_E2E_01, 'CN'), ...rulesOf(TV_E2E_01) };
/** Under the rules in development, which found lots of the demonstration in tests. */
const DEMO: LotDraft = { ...TENDER, jurisdiction: 'demo' };
const GOV: LotDraft = { ...written(TV_E2E_02, 'CN'), ...rulesOf(TV_E2E_02) };

const planned = (draft: LotDraft, policy: string) => {
  const founding = shelf.founding(draft.jurisdiction);
  return planFor(planOf(draft, AGENCY, VENUES, policy), (name) => shelf.names('lot.create', name, founding));
};
const play = (draft: LotDraft, at = AT): Rehearsal =>
  rehearse((policy) => planned(draft, policy), {
    shelf,
    origin: 'gongping.test/lot/lot-1/1',
    lot: 'lot-1',
    at,
    standingPolicy: WITNESS_POLICY,
    calendar: [],
  });
const told = (draft: LotDraft, at = AT) => faultsOf(draft, null, play(draft, at).faults).filter(({ key }) => key !== 'noDocument');

/** Goal: whatever the rules refuse is told before anything is signed. Method: drafts with one thing wrong, played under the engines that would found them. */
describe('a draft of a lot, rehearsed under the lot’s own engine', () => {
  it('is good where both worked lots are, under released rules and under those of development', () => {
    for (const draft of [TENDER, GOV, { ...TENDER, jurisdiction: 'demo' }, { ...GOV, jurisdiction: 'demo' }])
      expect([draft.name, draft.jurisdiction, play(draft).faults]).toEqual([draft.name, draft.jurisdiction, []]);
    expect(play(TENDER).witnessPolicy).not.toBe('');
  });

  it('A-115 says the template of the opening record, and copies it with a notice or a draft', () => {
    const openingForm: OpeningForm = { title: ' 开标记录 ', note: '', columns: [{ field: 'price', title: '报价 ' }] };
    const draft: LotDraft = { ...TENDER, jurisdiction: 'demo', openingForm };
    const plan = planOf(draft, AGENCY, VENUES, '');
    const said = { title: '开标记录', note: '', columns: [{ field: 'price', title: '报价' }] };
    expect(plan.facts['rules']).toMatchObject({ openingForm: said });
    expect(JSON.stringify(planFor(plan, () => false).facts['rules'])).not.toContain('openingForm');
    expect(play(draft).faults).toEqual([]);
    expect(copyOf({ ...EMPTY_SETUP, rules: zTenderRules.parse(plan.facts['rules']) }).openingForm).toEqual(said);
    const { code, name, tenderer, deadline, openingForm: kept } = copyOfDraft(draft);
    expect([code, name, tenderer, deadline, kept]).toEqual(['', TENDER.name, null, '', openingForm]);
  });

  it('B-025 says every price method as the rules in development take it; an engine that knows a method or a field is found by its name', () => {
    for (const kind of PRICE_KINDS) {
      const draft: LotDraft = { ...TENDER, jurisdiction: 'demo', price: { ...TENDER.price, kind } };
      const { price } = zTenderRules.parse(planOf(draft, AGENCY, VENUES, '').facts['rules']);
      expect(price.kind).toBe(kind);
      expect(
        copyOf({ ...EMPTY_SETUP, rules: { ...zTenderRules.parse(planOf(draft, AGENCY, VENUES, '').facts['rules']), price } }).price,
      ).toEqual(draft.price);
    }
    const before = shelf.newestReleased;
    const known = (name: string) => [before, shelf.newest].map((engine) => shelf.names('lot.create', name, engine));
    expect([known('benchmark-deviation'), known('benchmark-ceiling'), known('blindFormat')]).toEqual([
      [true, true],
      [false, true],
      [true, true],
    ]);
  });

  it('has its columns moved, named, taken out and put in again', () => {
    const whole = wholeForm('开标记录', (field) => field);
    expect(formRows(whole).map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const changed = titled(moved(without(whole, 1), 0, 1), 0, '工期');
    expect(formRows(changed).slice(0, 2)).toEqual([
      { field: 'duration', title: '工期', at: 0 },
      { field: 'price', title: 'price', at: 1 },
    ]);
    expect(formRows(changed).at(-1)).toEqual({ field: 'priceWords', title: '', at: -1 });
    expect(withField(changed, 'priceWords', '大写').columns.at(-1)).toEqual({ field: 'priceWords', title: '大写' });
  });

  it('lets a tenderer run its own tender (招标投标法 12): one party on both sides, nobody else chosen', () => {
    const draft: LotDraft = { ...TENDER, isSelfRun: true, tenderer: null, trustees: ['tenderer', 'supervisor', 'node:main', 'node:sub-1'] };
    const { founder, parties, bindings } = planOf(draft, AGENCY, VENUES, '');
    expect(founder).toBe('tenderer');
    expect(parties.filter(({ roles }) => JSON.stringify(roles).includes('agency'))).toEqual([
      { party: 'tenderer', roles: ['agency', 'tenderer'], venue: 'main', seat: null },
    ]);
    expect(bindings.filter(({ party }) => party === 'agency')).toEqual([]);
    expect(told({ ...draft, threshold: '3' })).toEqual([]);
    expect(possibleTrustees(draft, 'main')).not.toContain('agency');
  });

  it('asks the trustees for a drill unless it is turned off, where the engine that founds it knows one', () => {
    const drillIn = (draft: LotDraft): unknown => planOf(draft, AGENCY, VENUES, '').facts['keepers'];
    expect([TENDER, { ...TENDER, drill: false }].map(drillIn)).toMatchObject([{ drill: true }, { drill: false }]);
    expect(copyOf({ ...EMPTY_SETUP, keepers: { ...NO_KEEPERS, drill: false } }).drill).toBe(false);
    expect(copyOf({ ...EMPTY_SETUP, keepers: NO_KEEPERS }).drill).toBe(true);
    const { facts, ...others } = planOf(TENDER, AGENCY, VENUES, '');
    const { drill: _drill, ...keepers } = facts['keepers'] as Record<string, JsonValue>;
    expect(planFor({ facts, ...others }, () => false)).toEqual({ facts: { ...facts, keepers }, ...others });
  });

  const row = (patch: Partial<LotDraft['items'][number]>): Patch => ({
    items: TENDER.items.map((item, index) => (index === 0 ? { ...item, ...patch } : item)),
  });
  const form = (...fields: ReadOutField[]): OpeningForm => ({
    title: '开标记录',
    note: '',
    columns: fields.map((field) => ({ field, title: field })),
  });
  const GUARDS: readonly [id: string, patch: Patch, key: string, law: string | null, base?: LotDraft][] = [
    ['B-004', { deadline: '2026-03-20T09:30' }, 'deadlineEarly', 'tender24'],
    ['B-004 procurement', { deadline: '2026-03-20T09:30' }, 'deadlineEarly', 'procurement35', GOV],
    ['B-009', { documentsUntil: '2026-03-05T17:00' }, 'documentsShort', 'regulation16'],
    ['B-009 procurement', { documentsUntil: '2026-03-05T17:00' }, 'documentsShort', 'procurementRegulation31', GOV],
    ['late documents', { documentsUntil: '2026-03-25T09:30' }, 'documentsLate', null],
    ['the calendar', { deadline: '2026-12-30T09:30' }, 'calendarEnds', null],
    ['B-025 price', { price: { ...TENDER.price, kind: 'fixed-price' } }, 'priceKind', null],
    ['weight', { price: { ...GOV.price, weight: '10' } }, 'priceWeight', 'order87_55', GOV],
    ['floor', { price: { ...TENDER.price, floor: '61' } }, 'priceFloor', null],
    ['trim', { price: { ...TENDER.price, trim: [{ below: '', low: '1', high: '1' }] } }, 'priceTrim', null],
    ['separation', { award: 'direct-vote' }, 'separation', 'regulation55'],
    ['an even award committee', { award: 'direct-vote', awardMembers: '6', jurisdiction: 'CN-33' }, 'awardEven', null],
    ['core product', { coreProduct: '水泵' }, 'coreProduct', 'order87_31'],
    ['B-026', { candidates: '4' }, 'candidatesMany', 'regulation53'],
    ['one candidate to vote on', { award: 'direct-vote', candidates: '1', jurisdiction: 'CN-33' }, 'candidatesFew', null],
    ['ties', { ties: ['price'] }, 'ties', 'order87_57', GOV],
    ['performance security', { securityPercent: '11' }, 'security', 'regulation58'],
    ['bid security', { bidSecurity: '200000.01' }, 'bidSecurity', 'regulation26', DEMO],
    [
      'bid security in procurement',
      { bidSecurity: '26000.01' },
      'bidSecurity',
      'procurementRegulation33',
      { ...GOV, jurisdiction: 'demo' },
    ],
    ['bid security for works', { bidSecurity: '800000.01', budget: '60000000.00' }, 'bidSecurityWorks', 'works37', DEMO],
    ['bid security that is no money', { bidSecurity: '2 %' }, 'money', null, DEMO],
    ['bid security in no form', { bidSecurity: '20000.00', bidSecurityForms: [] }, 'form', null, DEMO],
    ['budget', { budget: '9000000.00' }, 'ceilingAboveBudget', null],
    ['no budget', { budget: '' }, 'noBudget', 'procurementRegulation30', GOV],
    ['preference', { smallMicro: '5' }, 'deductionRange', 'sme9', GOV],
    ['preference without ground', { domestic: '5' }, 'deductionNone', 'sme9'],
    ['chair', { isChairDesignated: true }, 'chair', 'order87_47', GOV],
    ['member trim', { trimLow: '1' }, 'memberTrim', 'order87_55', GOV],
    ['member trim of all', { trimLow: '3', trimHigh: '3' }, 'memberTrimAll', null],
    ['B-020', { members: '3' }, 'committeeSmall', 'tender37'],
    ['B-020 even', { members: '6' }, 'committeeEven', 'tender37'],
    ['B-021', { representatives: '2' }, 'expertRatio', 'tender37'],
    ['B-022', { projectType: 'water-works' }, 'committeeSmall', 'tender37'],
    ['A-62 a number twice', row({ id: 'commercial-1' }), 'idTwice', null],
    ['range', row({ min: '40' }), 'itemRange', null],
    ['decimals', row({ step: '0.001' }), 'itemDecimals', null],
    ['step', row({ step: '7' }), 'itemStep', null],
    ['A-62 points', row({ max: '20' }), 'points', null],
    ['preset B', { venuePreset: 'B', venues: ['sub-1', 'supervision'] }, 'moreSubs', null],
    ['nobody attests at the main venue', { venues: ['sub-1', 'sub-2'] }, 'noAttester', null],
    ['no site that judges', { venues: [] }, 'form', null],
    ['supervisor of the tenderer', { supervisor: person('p-x', 'o-p-owner') }, 'roleExcluded', 'regulation46'],
    ['a trustee twice', { trustees: ['agency', 'tenderer', 'supervisor', 'supervisor', 'node:main'] }, 'trusteeTwice', null],
    ['a stranger', { trustees: ['agency', 'tenderer', 'supervisor', 'witness-main', 'node:main'] }, 'trusteeStranger', null],
    ['one lost key', { trustees: ['agency', 'supervisor', 'node:main'] }, 'oneLostKey', null],
    ['one interest group opens', { threshold: '2' }, 'ownersOpen', 'ebidding27'],
    [
      'one interest group keeps shut',
      { threshold: '3', trustees: ['agency', 'tenderer', 'supervisor', 'node:main'] },
      'ownersShut',
      'ebidding27',
    ],
    [
      'only programs open',
      { threshold: '3', trustees: ['agency', 'supervisor', 'node:main', 'node:sub-1', 'node:sub-2'] },
      'nodesOpen',
      'ebidding27',
    ],
    ['no tenderer', { tenderer: null }, 'noTenderer', null],
    ['A-115 no price', { jurisdiction: 'demo', openingForm: form('quality') }, 'formPrice', 'tender36'],
    ['A-115 no price in procurement', { jurisdiction: 'demo', openingForm: form('quality') }, 'formPrice', 'order87_41', GOV],
    ['A-115 a field twice', { jurisdiction: 'demo', openingForm: form('price', 'price') }, 'formTwice', null],
  ];

  it.each(GUARDS)('%s is told in words, with its article', (_id, patch, key, law, base = TENDER) => {
    const faults = told({ ...base, ...patch });
    expect(faults.find((fault) => fault.key === key)).toMatchObject({ key, law });
    // Nothing that the rules say is left without words.
    expect(faults.filter((fault) => fault.key === 'other')).toEqual([]);
  });

  it('tells the first lawful date: TV-DATE-01', () => {
    const [fault] = told({ ...TENDER, deadline: '2026-03-20T09:30' });
    expect(fault?.lawfulFrom).toBe('2026-03-21T16:00:00.000Z');
    expect(told({ ...TENDER, deadline: '2026-03-22T00:00' })).toEqual([]);
  });

  it('counts from the day of the rehearsal: what was lawful yesterday need not be today', () => {
    expect(told(TENDER, '2026-03-10T01:00:00.000Z').map(({ key }) => key)).toEqual(['deadlineEarly']);
  });

  it('tells everything at once, in the order of the form', () => {
    const faults = told({ ...TENDER, deadline: '2026-03-20T09:30', members: '6', threshold: '2', ...row({ max: '20' }) });
    expect(faults.map(({ key }) => key)).toEqual(['committeeEven', 'points', 'deadlineEarly', 'ownersOpen']);
  });

  it.each([
    ['ceiling', { ceiling: '100.001' }, 'money', 'rules.ceiling', null],
    ['ceiling', { ceiling: '1,000' }, 'money', 'rules.ceiling', null],
    ['name', { name: '' }, 'form', 'name', null],
    [
      'title of a template',
      { jurisdiction: 'demo', openingForm: { ...form('price'), title: ' ' } },
      'form',
      'rules.openingForm.title',
      null,
    ],
    ['points of a row', row({ max: 'ten' }), 'form', 'rules.items.max', 1],
    ['deadline', { deadline: '' }, 'form', 'schedule.deadline', null],
    ['members', { members: '5.5' }, 'form', 'rules.committee.members', null],
  ] as const)('tells the field that is not filled in well: %s', (_name, patch, key, field, at) => {
    expect(told({ ...TENDER, ...patch })).toMatchObject([{ key, field, row: at }]);
  });

  it('has words in both languages for every guard, field, article and step', () => {
    const said = [TENDER, GOV].flatMap((base) => GUARDS.flatMap(([, patch]) => told({ ...base, ...patch })));
    const forms = told(EMPTY_DRAFT);
    expect(forms.length).toBeGreaterThan(8);
    for (const { agency } of [zhCn, en]) {
      const { fault, law, field, step }: Record<string, Record<string, string> | undefined> = zWords.parse(agency);
      for (const found of [...said, ...forms]) {
        const { key } = found;
        expect([key, fault[key], step[found.step]]).toEqual([key, expect.any(String), expect.any(String)]);
        if (found.law !== null) expect([found.law, law[found.law]]).toEqual([found.law, expect.any(String)]);
        if (key !== 'form' && key !== 'money') continue;
        const name = found.field?.replaceAll('.', '_') ?? '';
        expect([name, field[name]]).toEqual([name, expect.any(String)]);
      }
    }
  });
});
