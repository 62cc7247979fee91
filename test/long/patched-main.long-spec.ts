import { canonicalText, toBase64Url, utf8, zHead } from '@app/contracts';
import { keeperPlan, own, purposeOf, ringOf } from '@app/evaluation';
import { flatHashes, formatAddCheckpoint, formatNote, headerLeaf, MerkleTree, parseCheckpointNote, TreeHasher } from '@app/ledger';
import { SystemClock } from '@app/platform';
import { boxContext, sealBox } from '@app/sealing';
import type { RunningSystem } from '@app/testing';
import { endSystem, startSystem } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { seatMembers } from '../../tools/demo/src/acts/draw.js';
import type { World } from '../../tools/demo/src/cast-of-lot.js';
import { actorAt } from '../../tools/demo/src/cast-of-lot.js';
import { playLot } from '../../tools/demo/src/play-lot.js';
import type { Stage } from '../../tools/demo/src/stage.js';
import { Timeline } from '../../tools/demo/src/timeline.js';
import { readWorld } from '../../tools/demo/src/world.js';
import { ask } from '../scenario/lib/ask.js';

const START_MS_MAX = 240_000;
const CASE_MS_MAX = 90_000;
const SITES = ['sub-1', 'sub-2', 'supervision'] as const;
type Site = (typeof SITES)[number];
const DEADLINE_SECONDS = 15;
/** Longer than a keeper waits before it asks again for what it is owed. */
const SILENCE_MS = 8_000;
const LOT = 'PATCHED-01';
const PLAN = { ...TV_E2E_01, id: LOT, bids: TV_E2E_01.bids.slice(0, 3) };
const STEP = 'scores:technical';

const zReady = z.object({ wrong: z.array(z.string()), broken: z.array(z.string()) });

/**
 * Goal: a main venue whose program was changed in a few lines gets no score sheet opened early. Method: the real processes of an installation,
 * the main venue's with the patch in it, the three sites as released; the lot is played up to the first score sheet.
 */
describe('a patched main venue with three honest sites', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-patch-'));
  const trigger = join(folder, 'on');
  let system: RunningSystem;
  let world: World;
  let stage: Stage;

  beforeAll(async () => {
    const main = {
      NODE_OPTIONS: `--import=${pathToFileURL(resolve('test/long/lib/patched-main.mjs')).href}`,
      PATCH_MODULE: pathToFileURL(resolve('dist/libs/evaluation/src/index.js')).href,
      PATCH_ON: trigger,
    };
    system = await startSystem({ quiet: true, seed: false, venueEnv: { main } });
    world = await readWorld(system.home, JSON.stringify(system.urls));
    const timeline = new Timeline(LOT, () => undefined);
    const performance = { lot: PLAN, name: LOT, firstCompany: 1, until: 'scoring' as const, deadlineSeconds: DEADLINE_SECONDS, timeline };
    ({ stage } = await playLot(world, performance, new SystemClock()));
  }, START_MS_MAX);
  afterAll(async () => {
    await endSystem(system);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const read = async (address: string): Promise<string> => (await ask(address)).text();
  const headAt = async (site: Site): Promise<number> => {
    const text = await read(`${system.urls[site]}/witness/checkpoint?origin=${encodeURIComponent(stage.facts.origin)}`);
    return parseCheckpointNote(text).checkpoint.size;
  };
  /** Why the site's keeper keeps its key, by what it wrote down. */
  const keptBecause = (site: Site): string | undefined =>
    readFileSync(system.logFile(site), 'utf8')
      .split('\n')
      .findLast((line) => line.includes('a key, which stays here'));

  /** What the sites' witnesses say to the newest head of the patched main venue, whoever carries it there. */
  async function shown(): Promise<string[]> {
    const { client } = await actorAt(world, 'supervisor', 'supervisor', 'main');
    const { checkpoint } = zHead.parse(await client.get(`/api/lots/${LOT}/head?round=1`));
    const { size } = parseCheckpointNote(checkpoint).checkpoint;
    const { entries } = await client.entries(LOT, 1, 0);
    const hasher = new TreeHasher(world.profile.hash);
    const tree = new MerkleTree(hasher, flatHashes(entries.slice(0, size).map(({ header }) => headerLeaf(hasher, header))));
    return Promise.all(
      SITES.map(async (site) => {
        const oldSize = await headAt(site);
        const { text, signatures } = parseCheckpointNote(checkpoint);
        const note = formatNote({ text, signatures: signatures.filter(({ name }) => name === stage.facts.origin) });
        const body = formatAddCheckpoint({ oldSize, proof: tree.consistencyProof(oldSize, size), note });
        const response = await ask(`${system.urls[site]}/witness/add-checkpoint`, { method: 'POST', body });
        return `${String(response.status)} ${await response.text()}`;
      }),
    );
  }

  it(
    'SEC-2 that enters one sheet as if all were in: no site releases a key or cosigns, and each says why',
    async () => {
      const { origin } = stage.facts;
      const purpose = purposeOf(STEP, 1);
      const releasedBy = (of: string): string[] => Object.keys(own(stage.state.keepers.released, of) ?? {});
      // In the step before nothing was patched, and every sheet was in: sites let their keys go.
      expect(releasedBy('review').filter((node) => node !== 'node:main').length).toBeGreaterThanOrEqual(2);
      const [member] = await seatMembers(stage, world, PLAN);
      if (member === undefined) throw new Error('nobody sits in the committee');
      const request = {
        purpose,
        context: boxContext(origin, member.party, purpose),
        threshold: keeperPlan(stage.state, purpose).threshold,
        keepers: ringOf(stage.state).keepers(purpose).keepers,
      };
      const { manifest, ciphertext } = sealBox(world.profile, request, utf8(canonicalText({ v: 1, bids: {} })));
      writeFileSync(trigger, '');
      const secrets = { ciphertext: toBase64Url(ciphertext) };
      await stage.act(member.workstation, 'scoring.submit-sheet', '', { payload: { manifest }, secrets, step: STEP });
      await stage.sync();
      const forged = stage.state.size - 1;
      // By the history of the main venue every sheet is in, and nothing in it contradicts itself.
      expect(Object.keys(stage.state.scoring.parts.technical.boxes)).toHaveLength(Object.keys(stage.state.committee.present).length);
      expect(stage.run.purposes().find((one) => one.purpose === purpose)?.isOpenable).toBe(true);
      await sleep(SILENCE_MS);
      await stage.sync();
      expect(releasedBy(purpose)).toEqual([]);
      const answers = await shown();
      for (const [index, site] of SITES.entries()) {
        expect(await headAt(site)).toBeLessThanOrEqual(forged);
        expect(zReady.parse(JSON.parse(await read(`${system.urls[site]}/readyz`)))).toEqual({ wrong: [origin], broken: [] });
        const why = `entry ${String(forged)} (scoring.submit-sheet): part skeleton is not what the rules give`;
        expect(answers[index]).toContain(`403 the entries under this head are not good: ${why}`);
        expect(keptBecause(site)).toContain(why);
      }
    },
    CASE_MS_MAX,
  );
});
