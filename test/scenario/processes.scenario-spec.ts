import type { ProcessName, RunningSystem } from '@app/testing';
import { endSystem, startSystem } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const START_MS_MAX = 240_000;
const VENUES = ['main', 'sub-1', 'sub-2', 'supervision'] as const;

/** An installation on this machine keeps running whatever ends, and a later start finds what an earlier one wrote. */
describe('an embedded installation', () => {
  let sut: RunningSystem;

  const isHealthy = async (venue: (typeof VENUES)[number]): Promise<boolean> => {
    const response = await fetch(`${sut.urls[venue]}/healthz`).catch(() => null);
    return response?.ok ?? false;
  };
  const eventually = async (check: () => Promise<boolean>): Promise<void> => {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (await check()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('it did not come back within a minute');
  };

  beforeAll(async () => {
    sut = await startSystem({ quiet: true, seed: false });
  }, START_MS_MAX);
  afterAll(async () => {
    await endSystem(sut);
  }, 60_000);

  it.each<ProcessName>(['main', 'sub-1', 'supervision', 'redis', 'postgres'])(
    'survives that %s is killed: it is started again and every venue answers',
    async (name) => {
      const before = sut.pids[name];
      sut.kill(name);
      await sut.ready(name);
      expect(sut.pids[name]).not.toBe(before);
      for (const venue of VENUES) await eventually(() => isHealthy(venue));
    },
    START_MS_MAX,
  );

  it(
    'finds its registry again after a stop and a start',
    async () => {
      const identities = async (): Promise<unknown> => (await fetch(`${sut.urls.main}/api/installation`)).json();
      const before = await identities();
      await sut.stop();
      sut = await startSystem({ home: sut.home, quiet: true, seed: false });
      expect(await identities()).toMatchObject({ answerKey: (before as { answerKey: string }).answerKey, name: 'gongping.demo' });
    },
    START_MS_MAX,
  );
});
