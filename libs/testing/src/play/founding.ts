import type { JsonObject } from '@app/contracts';
import { textOf } from '@app/evaluation';
import { rulesBefore } from '../lots/index.js';
import { DEADLINE, NODES, type Play } from './cast.js';

const BID_KEEPERS = ['tenderer', 'agency', 'node:main', 'node:sub-1', 'node:supervision'];
const VENUES = [
  { venue: 'main', role: 'main', city: '永康' },
  { venue: 'sub-1', role: 'sub', city: '杭州' },
  { venue: 'sub-2', role: 'sub', city: '温州' },
  { venue: 'supervision', role: 'supervision', city: '永康' },
] as const;

export function draft({ plan, table }: Play): JsonObject {
  return {
    code: plan.code,
    name: plan.name,
    regime: plan.regime,
    jurisdiction: plan.jurisdiction,
    projectType: plan.projectType,
    profile: 'gp-std-1',
    rules: table.run.takes('lot.create') ? plan.rules : rulesBefore(plan.rules),
    schedule: { documentsFrom: '2026-03-02T01:00:00.000Z', documentsUntil: '2026-03-20T09:00:00.000Z', deadline: DEADLINE },
    venues: VENUES,
    venuePreset: plan.venuePreset,
    tendererCity: '永康',
    keepers: { bids: { threshold: 3, parties: BID_KEEPERS }, sheets: { threshold: 3, parties: [...NODES] } },
    witnessPolicy: 'log gongping.test\nwitness sub-1\nwitness supervision\nquorum 2\n',
    previousRound: null,
  };
}

const party = (name: string, role: string, venue: string | null): JsonObject => ({ party: name, roles: [role], venue, seat: null });
export const binding = (name: string, organisation: string | null = null): JsonObject => ({
  party: name,
  person: name.startsWith('node:') ? null : { id: `person-${name.replace(':', '-')}`, name: `某${name}` },
  organisation: organisation === null ? null : { id: organisation, name: `${organisation}公司` },
  certificate: name.startsWith('node:') ? null : `fingerprint-${name}`,
  nodeKey: name.startsWith('node:') ? 'bm9kZS1rZXk' : null,
});

export function foundingParties(): JsonObject[] {
  return [
    party('tenderer', 'tenderer', null),
    party('agency', 'agency', 'main'),
    party('supervisor', 'supervisor', 'supervision'),
    party('witness-main', 'witness', 'main'),
    ...NODES.map((node) => party(node, 'node', node.slice('node:'.length))),
  ];
}

export function createLot(play: Play): void {
  const parties = foundingParties();
  const bindings = parties.map(({ party: name }) => binding(textOf(name), `org-${textOf(name).replace(':', '-')}`));
  play.table.act('agency', 'lot.create', { ...draft(play), parties }, { secrets: { bindings } });
}

export function admit({ table }: Play, name: string, role: string, venue: string): void {
  table.act('agency', 'lot.admit', party(name, role, venue), { secrets: { binding: binding(name, `org-${name}`) } });
}

export function publishLot({ table }: Play): void {
  table.act('agency', 'lot.publish', { documentPackage: table.profile.hashHex('the tender document') });
  table.act('node:main', 'lot.issue-documents');
}
