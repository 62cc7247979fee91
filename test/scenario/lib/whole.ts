import { NODE_DIGESTS } from '@app/archive/node';
import type { EntryHeader, SentEntry } from '@app/contracts';
import { parseCanonical, toHex, utf8 } from '@app/contracts';
import { flatHashes, headerText, MerkleTree, parseCheckpointNote, TreeHasher } from '@app/ledger';
import { findProfile } from '@app/sealing/node';
import { openCheckedShelf } from '@app/evaluation/node';
import { bytesAsSource } from '@app/sealing';
import { verifyArchive } from '@app/verifying';
import { z } from 'zod';
import { HttpMirror } from '../../../apps/main-venue/src/log/heal/http-mirror.js';
import { actorAt } from '../../../tools/demo/src/cast-of-lot.js';
import { untilWitnessed } from '../../../tools/demo/src/stage.js';
import { ask } from './ask.js';
import type { Installation } from './installation.js';
import { SITES } from './installation.js';
import type { Accepted } from './storm.js';

/** How long replicas may take to hold what the main venue holds, in milliseconds. */
const REPLICATED_MS_MAX = 90_000;
const POLL_MS = 200;

const zCommandPart = z.object({ command: z.object({ id: z.string(), actor: z.object({ party: z.string() }) }) });

/** One entry as the supervisor reads it at the main venue. */
export interface Recorded {
  readonly seq: number;
  readonly id: string;
  readonly party: string;
  readonly leaf: string;
}

export interface Findings {
  /** What is wrong, in words; empty when everything holds. */
  readonly wrong: readonly string[];
  readonly size: number;
}

const leafOf = (hasher: TreeHasher, header: EntryHeader): Uint8Array => hasher.leaf(utf8(headerText(header)));

export async function recorded({ stage, world, senders }: Installation): Promise<Recorded[]> {
  const hasher = new TreeHasher(world.profile.hash);
  const { entries } = await senders.main.actor.client.entries(stage.facts.lot, stage.facts.round, 0);
  return entries.map((entry) => readEntry(hasher, entry));
}

function readEntry(hasher: TreeHasher, { header, parts }: SentEntry): Recorded {
  const text = parts['command']?.text;
  const { command } = zCommandPart.parse(text === undefined ? null : parseCanonical(text));
  return { seq: header.seq, id: command.id, party: command.actor.party, leaf: toHex(leafOf(hasher, header)) };
}

/**
 * Whether the installation is whole after a fault: every accepted command is exactly one entry, at the place and with the leaf
 * of its answer; no other entry has an id twice; every site's replica has the main venue's headers; the witnessed archive verifies, and
 * its heads stood in the platform log.
 */
export async function examine(installation: Installation, accepted: ReadonlyMap<string, Accepted>): Promise<Findings> {
  const { stage, senders } = installation;
  await stage.sync();
  await untilWitnessed(stage, senders.main.actor.client);
  const entries = await recorded(installation);
  const wrong = [...lostOrTwice(entries, accepted), ...(await replicasDiffer(installation, entries))];
  const archive = await senders.main.actor.client.download(`/api/lots/${stage.facts.lot}/archive?round=${stage.facts.round}`);
  const tools = { profileFor: findProfile, digests: NODE_DIGESTS, shelf: await openCheckedShelf() };
  const report = await verifyArchive(bytesAsSource(archive), installation.trust, tools);
  // A member's archive is cut for him; nothing may be missing that he sees.
  const isCutForHim = report.verdict === 'INCOMPLETE' && report.missing?.startsWith('cut for ') === true;
  if (report.verdict !== 'PASS' && !isCutForHim)
    wrong.push(`archive: ${report.verdict}, ${report.missing ?? ''}, ${JSON.stringify(report.first)}`);
  const heads = report.checks.find(({ id }) => id === 'heads');
  if (heads?.verdict !== 'PASS') wrong.push(`archive: heads in the platform log: ${heads?.verdict ?? 'not checked'}, ${heads?.note ?? ''}`);
  if (report.size < entries.length) wrong.push(`archive: has ${report.size} of ${entries.length} entries`);
  return { wrong, size: entries.length };
}

function lostOrTwice(entries: readonly Recorded[], accepted: ReadonlyMap<string, Accepted>): string[] {
  const wrong: string[] = [];
  const byId = Map.groupBy(entries, ({ id }) => id);
  for (const [id, found] of byId) if (found.length > 1) wrong.push(`${id} is ${found.length} entries`);
  for (const [id, outcome] of accepted) {
    const [entry] = byId.get(id) ?? [];
    if (entry === undefined) wrong.push(`${id} was accepted as ${outcome.seq} and is lost`);
    else if (entry.seq !== outcome.seq || entry.leaf !== outcome.leaf) wrong.push(`${id} is entry ${entry.seq}, not what its answer said`);
  }
  return wrong;
}

/** Reads every site's replica, and what the main venue's public checkpoint is over. */
async function replicasDiffer(installation: Installation, entries: readonly Recorded[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const site of SITES) {
    const leaves = await replicaOf(installation, site, entries.length);
    const at = entries.findIndex(({ leaf }, index) => leaf !== leaves[index]);
    if (leaves.length !== entries.length || at !== -1)
      wrong.push(`${site}: ${leaves.length} of ${entries.length} entries, first other one ${at}`);
  }
  const hasher = new TreeHasher(installation.world.profile.hash);
  const note = parseCheckpointNote(await publicCheckpoint(installation));
  const tree = new MerkleTree(hasher, flatHashes(entries.map(({ leaf }) => Buffer.from(leaf, 'hex'))));
  const { size, root } = note.checkpoint;
  if (size !== tree.size || toHex(root) !== toHex(tree.root())) wrong.push(`main: its checkpoint of ${size} is not over its entries`);
  return wrong;
}

/** Leaves over the headers of a site's replica, once it has `size` of them. The supervision authority has no seats, only a mirror. */
async function replicaOf(installation: Installation, site: (typeof SITES)[number], size: number): Promise<string[]> {
  const leaves = site === 'supervision' ? installation.mirrored : [];
  const read = site === 'supervision' ? mirrorReader(installation, site) : await seatReader(installation, site);
  for (const end = performance.now() + REPLICATED_MS_MAX; leaves.length < size && performance.now() < end;) {
    const more = await read(leaves.length);
    leaves.push(...more);
    if (more.length === 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return leaves;
}

type LeafReader = (from: number) => Promise<string[]>;

async function seatReader({ stage, world }: Installation, site: 'sub-1' | 'sub-2'): Promise<LeafReader> {
  const hasher = new TreeHasher(world.profile.hash);
  const { client } = await actorAt(world, `witness-${site}`, `witness-${site}`, site);
  const { lot, round } = stage.facts;
  return async (from) => (await client.entries(lot, round, from)).entries.map(({ header }) => toHex(leafOf(hasher, header)));
}

/** As the main venue itself reads a site to heal: page by page, as they came, so only what is new since the last time. */
function mirrorReader({ system, stage, world, mainKeys }: Installation, site: (typeof SITES)[number]): LeafReader {
  const hasher = new TreeHasher(world.profile.hash);
  const { installation, profile } = world;
  const identity = { venue: 'main', installation, signer: mainKeys.node, profile, clock: stage.facts.clock };
  const mirror = new HttpMirror(site, system.urls[site], identity);
  return async (from) => (await mirror.fetch(stage.facts.origin, from, from + 1_000)).map(({ header }) => toHex(hasher.leaf(header)));
}

async function publicCheckpoint({ system, stage }: Installation): Promise<string> {
  return (await ask(`${system.urls.main}/log/${stage.facts.origin}/checkpoint`)).text();
}
