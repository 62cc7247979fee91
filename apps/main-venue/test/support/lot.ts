import type { Answer, JsonObject, JsonValue, SignedCommand } from '@app/contracts';
import type { Identity } from '@app/client';
import { formatVerifierKey, SIGNATURE_TYPE } from '@app/ledger';
import { generateKeeperKey, proveKeeperKey } from '@app/sealing';
import type { TestPeople, TestPerson } from './people.js';
import { INSTALLATION, profile } from './people.js';

/** Everybody whom a lot names when it is created. */
export interface LotCast {
  readonly agency: TestPerson;
  readonly tenderer: TestPerson;
  readonly supervisor: TestPerson;
}

/** What a kit's installation asks of witnesses. Nobody runs this one: a kit has no log module. */
const WITNESS = { keyName: `${INSTALLATION}/witness/sub-1`, type: SIGNATURE_TYPE.cosignature, publicKey: new Uint8Array(32).fill(1) };
export const WITNESS_KEY = formatVerifierKey(profile.hash, WITNESS);
export const WITNESS_POLICY = `witness sub-1 ${WITNESS_KEY}\ngroup all 1 sub-1\nquorum all\n`;

/** What the registry must have granted to whoever founds and supervises a lot. */
export function grantLotRights(people: TestPeople, { agency, supervisor }: LotCast): void {
  people.grant(agency, 'agency');
  people.grant(supervisor, 'supervisor');
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
      facts: { budget: null, isComplex: false, hasSocialImpact: false, isReserved: false },
      method: 'comprehensive',
      ceiling: '1000000.00',
      price: { kind: 'low-price-first', weight: '60' },
      deductions: null,
      review: [{ id: 'r1', title: 'Signed', kind: 'formal' }],
      items: [{ id: 't1', part: 'technical', title: 'Plan', min: '0', max: '40', step: '1', objective: false }],
      twoEnvelope: false,
      memberTrim: { low: 0, high: 0 },
      candidates: 3,
      ties: ['price'],
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
      bids: { threshold: 3, parties: ['tenderer', 'agency', 'supervisor', 'node:main', 'node:sub-1'] },
      sheets: { threshold: 3, parties: ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] },
    },
    witnessPolicy: WITNESS_POLICY,
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

/** A pipeline's test kit, as far as a lot is played with it. */
interface Player {
  readonly people: TestPeople;
  readonly cast: LotCast;
  readonly createLot: (lot: string) => Promise<Answer>;
  readonly wish: (identity: Identity, lot: string, party: string, type: string, payload: JsonObject) => Promise<SignedCommand>;
  readonly process: { readonly pipeline: { submit(signed: SignedCommand): Promise<Answer> } };
}

/** A fresh key for bids, as its keeper publishes it. */
export function bidKey(lot: string, party: string): JsonObject {
  const key = generateKeeperKey(profile);
  const place = { origin: `${INSTALLATION}/lot/${lot}/1`, purpose: 'bids', party };
  return { purpose: 'bids', publicKey: key.publicKey, proof: proveKeeperKey(profile, place, key) };
}

/** A lot whose document may be issued: seven entries. `key`: what a keeper of bids publishes; `nodes`: those that publish none by themselves. */
export async function publishedLot(kit: Player, lot: string, key = bidKey, nodes: readonly string[] = ['main', 'sub-1']): Promise<void> {
  const { people, cast } = kit;
  await kit.createLot(lot);
  await act(kit, lot, cast.tenderer.identity, 'tenderer', 'sealing.publish-key', key(lot, 'tenderer'));
  await act(kit, lot, cast.agency.identity, 'agency', 'sealing.publish-key', key(lot, 'agency'));
  await act(kit, lot, cast.supervisor.identity, 'supervisor', 'sealing.publish-key', key(lot, 'supervisor'));
  for (const { id, identity } of people.nodes)
    if (nodes.includes(id)) await act(kit, lot, identity, `node:${id}`, 'sealing.publish-key', key(lot, `node:${id}`));
  await act(kit, lot, cast.agency.identity, 'agency', 'lot.publish', { documentPackage: '0'.repeat(64) });
}

/** A lot that was created, published and ended before its deadline: eight entries, the last one ends it. */
export async function terminatedLot(kit: Player, lot: string): Promise<void> {
  await publishedLot(kit, lot);
  await act(kit, lot, kit.cast.tenderer.identity, 'tenderer', 'lot.terminate', { reason: 'The need ended.' });
}

async function act(kit: Player, lot: string, identity: Identity, party: string, type: string, payload: JsonObject): Promise<void> {
  const { outcome } = await kit.process.pipeline.submit(await kit.wish(identity, lot, party, type, payload));
  if (!outcome.ok) throw new Error(`${type} by ${party}: ${outcome.code} ${outcome.message}`);
}
