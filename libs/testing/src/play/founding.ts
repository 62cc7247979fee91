import type { JsonObject } from '@app/contracts';
import { textOf } from '@app/evaluation';
import { rulesBefore } from '../lots/index.js';
import { DEADLINE, NODES, type Play } from './cast.js';
import type { Registry } from './registry.js';

const BID_KEEPERS = ['tenderer', 'agency', 'supervisor', 'node:main', 'node:sub-1'];
const VENUES = [
  { venue: 'main', role: 'main', city: '永康' },
  { venue: 'sub-1', role: 'sub', city: '杭州' },
  { venue: 'sub-2', role: 'sub', city: '温州' },
  { venue: 'supervision', role: 'supervision', city: '永康' },
] as const;

/** The standing policy of the installation: two of three witnesses, whose keys nobody holds (32 bytes 1, 2 and 3). */
export const WITNESS_POLICY = [
  'witness sub-1 gongping.test/witness/sub-1+6c2815be+BAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB',
  'witness sub-2 gongping.test/witness/sub-2+bda5978b+BAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC',
  'witness supervision gongping.test/witness/supervision+68e139d5+BAMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD',
  'group two-of-three 2 sub-1 sub-2 supervision',
  'quorum two-of-three',
  '',
].join('\n');

/** Engines whose tender documents say nothing of facts and ties. */
const KNOWS_NO_FACTS = /\/0\.[12]\.0(@|$)/;

export function draft({ plan, table }: Play): JsonObject {
  return {
    code: plan.code,
    name: plan.name,
    regime: plan.regime,
    jurisdiction: plan.jurisdiction,
    projectType: plan.projectType,
    profile: 'gp-std-1',
    rules: KNOWS_NO_FACTS.test(table.run.engine) ? rulesBefore(plan.rules) : plan.rules,
    schedule: { documentsFrom: '2026-03-02T01:00:00.000Z', documentsUntil: '2026-03-20T09:00:00.000Z', deadline: DEADLINE },
    venues: VENUES,
    venuePreset: plan.venuePreset,
    tendererCity: '永康',
    keepers: {
      bids: { threshold: 3, parties: BID_KEEPERS },
      sheets: { threshold: 3, parties: [...NODES] },
      ...(plan.drill === true ? { drill: true } : {}),
    },
    witnessPolicy: policyOf(table),
    previousRound: null,
  };
}

const party = (name: string, role: string, venue: string | null): JsonObject => ({ party: name, roles: [role], venue, seat: null });
const policyOf = ({ registry }: Play['table']): string => registry?.witnessPolicy ?? WITNESS_POLICY;

export const binding = (name: string, organisation: string | null = null, registry: Registry | null = null): JsonObject => ({
  party: name,
  person: name.startsWith('node:') ? null : { id: `person-${name.replace(':', '-')}`, name: `某${name}` },
  organisation: organisation === null ? null : { id: organisation, name: `${organisation}公司` },
  certificate: name.startsWith('node:') ? null : (registry?.certificate(name) ?? `fingerprint-${name}`),
  nodeKey: name.startsWith('node:') ? (registry?.nodeKey(name) ?? 'bm9kZS1rZXk') : null,
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

/** What the registry grants to whoever stands behind a party of this role. */
const RIGHTS: Readonly<Record<string, string>> = { agency: 'lots:found', supervisor: 'lots:supervise', witness: 'lots:witness' };

/** Fact of `lot.create` and `lot.admit`: the registry has these parties as the command names them. */
export const registered = (parties: readonly JsonObject[]): JsonObject => ({
  registry: {
    parties: Object.fromEntries(
      parties.map(({ party: name, roles }) => {
        const rights = Object.keys(RIGHTS).flatMap((role) => (JSON.stringify(roles).includes(`"${role}"`) ? [RIGHTS[role] ?? ''] : []));
        return [textOf(name), { isKnown: true, rights }];
      }),
    ),
  },
});

export function createLot(play: Play): void {
  const parties = foundingParties();
  const { registry } = play.table;
  const bindings = parties.map(({ party: name }) => binding(textOf(name), `org-${textOf(name).replace(':', '-')}`, registry));
  play.table.act('agency', 'lot.create', { ...draft(play), parties }, { secrets: { bindings }, facts: registered(parties) });
}

export function admit({ table }: Play, name: string, role: string, venue: string): void {
  const admitted = party(name, role, venue);
  table.act('agency', 'lot.admit', admitted, {
    secrets: { binding: binding(name, `org-${name}`, table.registry) },
    facts: registered([admitted]),
  });
}

export function publishLot({ table }: Play): void {
  const facts = { witnessPolicy: policyOf(table) };
  table.act('agency', 'lot.publish', { documentPackage: table.profile.hashHex('the tender document') }, { facts });
  table.act('node:main', 'lot.issue-documents');
}
