import type { RunningSystem, VenueName } from '@app/testing';
import { endSystem, freePort, LineProxy, startSystem } from '@app/testing';
import { zTrust } from '@app/archive';
import type { Trust } from '@app/archive';
import { platformOrigin } from '@app/evaluation';
import { parseCheckpointNote } from '@app/ledger';
import { SystemClock } from '@app/platform';
import type { LocalSigner } from '@app/sealing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { found, LONG_DEADLINE_SECONDS } from '../../../tools/demo/src/acts/founding.js';
import type { World } from '../../../tools/demo/src/cast-of-lot.js';
import { actorAt } from '../../../tools/demo/src/cast-of-lot.js';
import { TV_E2E_01 } from '@app/testing/lots';
import { officeFor, stageFacts } from '../../../tools/demo/src/play-lot.js';
import { Stage } from '../../../tools/demo/src/stage.js';
import { readWorld } from '../../../tools/demo/src/world.js';
import { ask } from './ask.js';
import type { Sender } from './storm.js';
import { opinion, witnessFact } from './storm.js';

export const SITES = ['sub-1', 'sub-2', 'supervision'] as const satisfies readonly VenueName[];
const PROCESSES = ['main', ...SITES, 'postgres', 'redis'] as const;
const LOT = 'FAULTS-01';
const BEAT_POLL_MS = 200;

const zMainKeys = z.object({ node: z.string(), log: z.string() });

/** A running system with one published lot, and the line between sub-1 and the main venue in the test's hands. */
export interface Installation {
  readonly system: RunningSystem;
  readonly line: LineProxy;
  readonly world: World;
  readonly trust: Trust;
  readonly stage: Stage;
  /** 见证人员 at sub-1 and at sub-2, 监督人员 at the main venue. */
  readonly senders: Readonly<Record<'sub1' | 'sub2' | 'main', Sender>>;
  /** The main venue's own keys: what it could do if it meant harm. */
  readonly mainKeys: { readonly node: LocalSigner; readonly log: LocalSigner };
  /** Leaves read so far from the mirror of the supervision authority; grows only. */
  readonly mirrored: string[];
  stop(): Promise<void>;
}

export async function startInstallation(): Promise<Installation> {
  const ports = { main: 0, 'sub-1': 0, 'sub-2': 0, supervision: 0, postgres: 0, redis: 0 };
  for (const name of PROCESSES) ports[name] = await freePort();
  const line = new LineProxy(ports.main);
  const venueEnv = { main: { PLATFORM_BATCH_MS: '2000' }, 'sub-1': { MAIN_URL: `http://127.0.0.1:${await line.listen()}` } };
  let system: RunningSystem;
  try {
    system = await startSystem({ ports, quiet: true, seed: false, venueEnv });
  } catch (error) {
    await line.close();
    throw error;
  }
  const stop = async (): Promise<void> => {
    try {
      await line.close();
    } finally {
      await endSystem(system);
    }
  };
  try {
    const { home } = system;
    const world = await readWorld(home, JSON.stringify(system.urls));
    const trust = zTrust.parse(JSON.parse(readFileSync(join(home, 'demo', 'trust.json'), 'utf8')));
    const keys = zMainKeys.parse(JSON.parse(readFileSync(join(home, 'keys', 'main.json'), 'utf8')));
    const mainKeys = { node: world.profile.signerFrom(keys.node), log: world.profile.signerFrom(keys.log) };
    const { stage, senders } = await foundLot(world);
    await untilCommitted(system.urls.main, world.installation);
    return { system, line, world, trust, stage, senders, mainKeys, mirrored: [], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Beats that begin after now: the second has seen every lot, and the third is signed over it. */
const BEATS = 3;

/** Until the platform log has committed to what lots there are now: from then on their archives carry their heads. */
async function untilCommitted(main: string, installation: string): Promise<void> {
  const size = async (): Promise<number> => {
    const note = await (await ask(`${main}/log/${platformOrigin(installation)}/checkpoint`)).text();
    return parseCheckpointNote(note).checkpoint.size;
  };
  const before = await size();
  while ((await size()) < before + BEATS) await sleep(BEAT_POLL_MS);
}

/** A lot in which bids are awaited for a week: its witnesses and its supervisor may act in it all the while. */
async function foundLot(world: World): Promise<Pick<Installation, 'stage' | 'senders'>> {
  const lot = { ...TV_E2E_01, id: LOT };
  const stage = new Stage(stageFacts(world, LOT, new SystemClock()));
  const office = await officeFor(world, lot);
  stage.observeAs(office.supervisor.client);
  await found(stage, world, lot, office, LONG_DEADLINE_SECONDS);
  const witness = async (venue: string): Promise<Sender> => ({
    actor: await actorAt(world, `witness-${venue}`, `witness-${venue}`, venue),
    wish: witnessFact,
  });
  const [sub1, sub2] = await Promise.all([witness('sub-1'), witness('sub-2')]);
  return { stage, senders: { sub1, sub2, main: { actor: office.supervisor, wish: opinion } } };
}
