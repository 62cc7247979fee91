import type { JsonObject } from '@app/contracts';
import { RequestError, VenueClient } from '@app/client';
import type { EngineShelf } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import type { LotPlan } from '@app/testing/lots';
import { patiently } from './patience.js';
import type { DemoPerson } from './people.js';
import { byCertificate, bySession, fingerprintOf } from './people.js';
import type { Actor, Stage } from './stage.js';

/** Where the venues are and whose keys the demonstration may use. */
export interface World {
  readonly profile: CryptoProfile;
  readonly shelf: EngineShelf;
  readonly installation: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly people: ReadonlyMap<string, DemoPerson>;
  readonly nodeKeys: Readonly<Record<string, string>>;
  /** Certificates of the authorities, DER, base64url. */
  readonly roots: readonly string[];
  readonly witnessPolicy: string;
}

export function personOf(world: World, id: string): DemoPerson {
  const person = world.people.get(id);
  if (person === undefined) throw new Error(`the demonstration has nobody called ${id}`);
  return person;
}

/** How long a site may need to learn that somebody is seated there. */
const SEATED_MS_MAX = 30_000;
const RETRY_MS = 300;

/** A person logged in at a venue, acting by his certificate. A site lets in whoever is seated there in a lot that it follows. */
export async function actorAt(world: World, id: string, party: string, venue: string): Promise<Actor> {
  const person = personOf(world, id);
  const identity = byCertificate(world.profile, person);
  const client = new VenueClient(urlOf(world, venue), world.profile, identity);
  const end = performance.now() + (venue === 'main' ? 0 : SEATED_MS_MAX);
  for (;;) {
    try {
      await patiently(() => client.login());
      return { party, name: person.name, venue, client, identity };
    } catch (error) {
      if (!(error instanceof RequestError) || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** The same person through a session key for one seat: what a workstation uses for ordinary acts. */
export function seated(world: World, actor: Actor, id: string, stage: Stage, seat: string): Actor {
  const { lot, installation, clock } = stage.facts;
  return { ...actor, identity: bySession(world.profile, personOf(world, id), { installation, lot, seat, now: clock.instant() }) };
}

const urlOf = (world: World, venue: string): string => {
  const url = world.urls[venue];
  if (url === undefined) throw new Error(`no address is known for the venue ${venue}`);
  return url;
};

/** Parties that the agency names before publication. Experts come by the draw, bidders by their bids. */
export interface FoundingParty {
  readonly party: string;
  readonly role: string;
  readonly venue: string | null;
  readonly seat: string | null;
  /** Person of the demonstration; null for a node. */
  readonly person: string | null;
}

export const REPRESENTATIVES = ['committee-rep', 'committee-rep-2', 'committee-rep-3'] as const;

export function foundingParties(lot: LotPlan): FoundingParty[] {
  const isGov = lot.regime === 'GOV_PROCUREMENT';
  const named = (party: string, role: string, venue: string | null, person: string | null, seat: string | null = null): FoundingParty => ({
    party,
    role,
    venue,
    seat,
    person,
  });
  const representatives = isGov ? REPRESENTATIVES.slice(1) : REPRESENTATIVES.slice(0, 1);
  return [
    named('agency', 'agency', 'main', 'host'),
    named('tenderer', 'tenderer', null, isGov ? 'purchaser-rep' : 'tenderer-rep'),
    named('supervisor', 'supervisor', 'supervision', 'supervisor'),
    named('witness-sub-1', 'witness', 'sub-1', 'witness-sub-1'),
    named('witness-sub-2', 'witness', 'sub-2', 'witness-sub-2'),
    ...representatives.map((person, index) =>
      named(`representative-${index + 1}`, 'tenderer-representative', 'main', person, `main-r1-s${index + 1}`),
    ),
    ...['main', 'sub-1', 'sub-2', 'supervision'].map((venue) => named(`node:${venue}`, 'node', venue, null)),
  ];
}

/** Who is behind a founding party: secret part `bindings` of `lot.create`. */
export function bindingOf(world: World, { party, person }: FoundingParty): JsonObject {
  if (person === null) return { party, person: null, organisation: null, certificate: null, nodeKey: world.nodeKeys[party] ?? null };
  const known = personOf(world, person);
  const organisation = known.organisationId === null ? null : { id: known.organisationId, name: known.organisation };
  return {
    party,
    person: { id: known.id, name: known.name },
    organisation,
    certificate: fingerprintOf(world.profile, known),
    nodeKey: null,
  };
}
