import { NODE_DIGESTS } from '@app/archive/node';
import { type Landing, parseCanonicalBytes, type VisibleEntry, zEntryPage, zLanding } from '@app/contracts';
import { createPool } from '@app/platform';
import { openSegment, segmentKey } from '@app/recording';
import { checkRecordings } from '@app/verifying';
import { endSystem, type RunningSystem, startSystem } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { profileOf } from '@app/sealing/node';
import { RecordingRepository } from '../../apps/sub-venue/src/recording/recording.repository.js';
import { SiteCrypto } from '../../apps/sub-venue/src/site/site-crypto.js';
import { recordingFiles } from '../../tools/verify/src/recording-files.js';
import { axeFaults, launchWithDevices, newPage, shoot } from './support/chromium.js';
import { enterRoom, foundRoomLot, logIn, SITE, until, wait } from './support/rooms.js';

jest.setTimeout(300_000);
const LOT = 'ROOM-01';

let system: RunningSystem;
let browser: Browser;
const cleanUps: (() => Promise<void>)[] = [];
beforeAll(async () => {
  system = await startSystem({ quiet: true, fsync: false, seed: false });
  cleanUps.push(() => endSystem(system));
  browser = await launchWithDevices();
  cleanUps.unshift(() => browser.close());
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const site = (): string => system.urls[SITE];

/** At the site of the seat, by the person of the demonstration. */
async function sit(page: Page, name: string): Promise<void> {
  await logIn(page, site(), name);
  await page.goto(`${site()}/lots/${LOT}/1/room`);
}

/** Seconds of the other seat's picture that this page has played. */
const played = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'Math.max(0, ...[...document.querySelectorAll("video")].slice(1).map(({ currentTime, videoWidth }) => (videoWidth > 0 ? currentTime : 0)))',
  );

/** Plays a file for a second. */
const PLAY = (data: string): string => `(async () => {
  const video = document.createElement('video');
  video.muted = true;
  video.src = ${JSON.stringify(data)};
  await video.play();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { seconds: video.duration, at: video.currentTime, width: video.videoWidth, error: video.error?.message ?? null };
})()`;
interface Player {
  readonly seconds: number;
  readonly at: number;
  readonly width: number;
  readonly error: string | null;
}

async function entries(): Promise<VisibleEntry[]> {
  const response = await fetch(`${system.urls.main}/api/lots/${LOT}/entries?round=1&from=0&limit=1000`);
  const { entries: sent } = zEntryPage.parse(await response.json());
  return sent.map(({ header, parts }) => ({
    header,
    parts: Object.fromEntries(Object.entries(parts).map(([name, { text }]) => [name, JSON.parse(text) as never])),
  }));
}

function workerOf(pid: number): number {
  const found = readdirSync('/proc').find((name) => {
    try {
      const stat = readFileSync(join('/proc', name, 'stat'), 'utf8');
      return stat.includes('mediasoup') && stat.split(') ')[1]?.split(' ')[1] === String(pid);
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error('the site has no media worker');
  return Number(found);
}

describe('a room of a site', () => {
  it('A-157 two seats hear and see each other, everything is recorded and landed, a killed media worker costs a gap, and a tampered segment is named', async () => {
    const world = await foundRoomLot(system, LOT);

    const [first, second] = [await newPage(browser), await newPage(browser)];
    const nameOf = (id: string): string => world.people.get(id)?.name ?? id;
    await sit(first.page, nameOf('witness-sub-1'));
    await first.page.getByRole('heading', { name: '设备检测' }).waitFor();
    await until('the preview runs', () => first.page.evaluate<boolean>('document.querySelector("video").videoWidth > 0'));
    await shoot(first.page, 'room-check-1366');
    expect(await axeFaults(first.page)).toEqual([]);
    await enterRoom(first.page);
    await sit(second.page, nameOf('witness-sub-2'));
    await enterRoom(second.page);
    await until('both see each other', async () => (await played(first.page)) > 1 && (await played(second.page)) > 1);
    await shoot(first.page, 'room-1366');
    expect(await axeFaults(first.page)).toEqual([]);
    await first.page.getByRole('button', { name: '静音' }).click();
    await wait(4_000);
    await first.page.getByRole('button', { name: '取消静音' }).click();
    await wait(10_000);

    // The room breaks down under them, and comes back without a question.
    process.kill(workerOf(system.pids[SITE]), 'SIGKILL');
    await until('both see each other again', async () => (await played(first.page)) > 0.5 && (await played(second.page)) > 0.5);
    await wait(4_000);
    // A page that is loaded anew asks for one press.
    await second.page.reload();
    await enterRoom(second.page);
    await wait(3_000);
    await first.page.getByRole('button', { name: '离开' }).click();
    await second.page.getByRole('button', { name: '离开' }).click();

    const folder = join(system.home, 'data', SITE, 'recordings');
    const files = recordingFiles(folder);
    const landings = async (): Promise<Landing[]> => {
      const all: Landing[] = [];
      for (const { parts } of await entries())
        for (const event of (parts['skeleton'] as { events: { type: string; landing?: string }[] }).events)
          if (event.type === 'recording.landed') {
            const bytes = await files.read(event.landing ?? '');
            if (bytes !== null) all.push(zLanding.parse(parseCanonicalBytes(bytes)));
          }
      return all;
    };
    await until('four tracks have ended and are landed', async () => {
      const all = (await landings()).flatMap(({ segments }) => segments);
      return new Set(all.map(({ track }) => `${track.party}/${track.source}`)).size === 4 && all.length >= 10;
    });
    await wait(6_000);
    const all = await landings();
    const gaps = all.flatMap((landing) => landing.gaps);
    const segments = all.flatMap((landing) => landing.segments);
    const reasons = new Set(gaps.map(({ reason }) => reason));
    expect([reasons.has('MUTED'), reasons.has('WORKER_LOST'), reasons.has('LEFT')]).toEqual([true, true, true]);
    expect(gaps.filter(({ reason }) => reason === 'LOSS' || reason === 'MALFORMED' || reason === 'CLOCK')).toEqual([]);
    expect(segments.every(({ received, sent }) => Date.parse(received.to) - Date.parse(received.from) <= 10_000 && sent !== null)).toBe(
      true,
    );

    const origin = `${world.installation}/lot/${LOT}/1`;
    const {
      results: [verdict],
    } = await checkRecordings(origin, await entries(), files, NODE_DIGESTS);
    expect([verdict?.verdict, verdict?.first]).toEqual(['PASS', null]);
    const tampered = segments[2]!;
    const spoiled = { read: async (hash: string) => (hash === tampered.content ? Buffer.from('spoiled') : files.read(hash)) };
    const {
      results: [after],
    } = await checkRecordings(origin, await entries(), spoiled, NODE_DIGESTS);
    expect(after?.first?.reason).toBe(
      `${SITE}, ${tampered.track.party}/${tampered.track.source}, ${tampered.received.from}: the segment was changed`,
    );

    // Any browser plays a segment as it is, once it is opened.
    const keys = JSON.parse(readFileSync(join(system.home, 'keys', `${SITE}.json`), 'utf8')) as { node: string; storage: string };
    const pool = createPool({ url: system.databases[SITE].owner, name: 'test' });
    const profile = profileOf('gp-std-1');
    const repository = new RecordingRepository(pool, new SiteCrypto(profile, profile.signerFrom(keys.node), keys.storage));
    const key = await repository.key(origin);
    await pool.end();
    const { page: player } = await newPage(browser);
    for (const source of ['camera', 'microphone'] as const) {
      const segment = segments.find(({ track }) => track.source === source)!;
      const place = { origin, venue: SITE, track: `${segment.track.party}/${source}`, index: segment.index };
      const file = openSegment(segmentKey(key, place), place, (await files.read(segment.content))!);
      const data = `data:video/webm;base64,${Buffer.from(file!).toString('base64')}`;
      const facts = await player.evaluate<Player>(PLAY(data));
      const lastsMs = Date.parse(segment.received.to) - Date.parse(segment.received.from);
      expect(facts.error).toBeNull();
      expect(facts.at).toBeGreaterThan(0.3);
      expect(Math.abs(facts.seconds * 1_000 - lastsMs)).toBeLessThan(500);
      expect(facts.width > 0).toBe(source === 'camera');
    }
    expect([...first.errors, ...second.errors]).toEqual([]);
  });
});
