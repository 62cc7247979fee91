import type { JsonObject, JsonValue } from '@app/contracts';
import type { TestPeople, TestPerson } from './people.js';

/** Everybody whom a lot names when it is created. */
export interface LotCast {
  readonly agency: TestPerson;
  readonly tenderer: TestPerson;
  readonly supervisor: TestPerson;
}

const party = (name: string, role: string): JsonObject => ({ party: name, roles: [role], venue: null, seat: null });

const personal = (name: string, person: TestPerson): JsonObject => ({
  party: name,
  person: { id: person.id, name: person.name },
  organisation: person.organisation,
  certificate: person.facts.fingerprint,
  nodeKey: null,
});

const NODES = ['main', 'sub-1', 'sub-2', 'supervision'];

/** A payload of `lot.create` and its secret: a small lot with every venue. */
export function lotToCreate(
  people: TestPeople,
  cast: LotCast,
  more: JsonObject = {},
): { payload: JsonObject; secrets: Record<string, JsonValue> } {
  const nodes = people.nodes.filter((node) => NODES.includes(node.id));
  const payload: JsonObject = {
    code: 'E3301-001',
    name: 'Test lot',
    regime: 'TENDER_LAW',
    jurisdiction: 'demo',
    projectType: 'construction',
    profile: 'gp-std-1',
    rules: {
      method: 'comprehensive',
      ceiling: '1000000.00',
      price: { kind: 'low-price-first', weight: '60' },
      deductions: null,
      review: [{ id: 'r1', title: 'Signed', kind: 'formal' }],
      items: [{ id: 't1', part: 'technical', title: 'Plan', min: '0', max: '40', step: '1', objective: false }],
      twoEnvelope: false,
      memberTrim: { low: 0, high: 0 },
      candidates: 3,
      committee: { members: 5, representatives: 1 },
      award: { kind: 'rank-1' },
    },
    schedule: {
      documentsFrom: '2026-03-24T01:30:00.000Z',
      documentsUntil: '2026-03-24T01:31:00.000Z',
      deadline: '2026-03-24T01:35:00.000Z',
    },
    venues: NODES.map((venue) => ({ venue, role: venue === 'main' || venue === 'supervision' ? venue : 'sub', city: 'Hangzhou' })),
    venuePreset: 'A',
    tendererCity: 'Hangzhou',
    keepers: {
      bids: { threshold: 3, parties: ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'] },
      sheets: { threshold: 3, parties: ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] },
    },
    witnessPolicy: '',
    previousRound: null,
    parties: [
      party('agency', 'agency'),
      party('tenderer', 'tenderer'),
      party('supervisor', 'supervisor'),
      ...nodes.map((node) => ({ party: `node:${node.id}`, roles: ['node'], venue: node.id, seat: null })),
    ],
    ...more,
  };
  const bindings: JsonValue = [
    personal('agency', cast.agency),
    personal('tenderer', cast.tenderer),
    personal('supervisor', cast.supervisor),
    ...nodes.map((node) => ({
      party: `node:${node.id}`,
      person: null,
      organisation: null,
      certificate: null,
      nodeKey: node.signer.publicKey,
    })),
  ];
  return { payload, secrets: { bindings } };
}
