import { describe, expect, it } from '@jest/globals';
import type { Heartbeat, VenueLine } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import { FakeClock } from '@app/platform';
import { GivenDirectory } from './test/given-directory.js';
import { VenueLines } from './venue-lines.js';

function world() {
  const clock = new FakeClock();
  const main = { id: 'main', name: '主会场', role: 'main' as const };
  const venues = [main, { id: 'sub-1', name: '分会场一', role: 'sub' as const }];
  const sut = new VenueLines(new GivenDirectory(main, () => venues), clock);
  const told: VenueLine[][] = [];
  sut.onChanged((lines) => told.push(lines));
  sut.refresh();
  const line = (): VenueLine['line'] | undefined => sut.lines().find(({ venue }) => venue === 'sub-1')?.line;
  return { clock, sut, told, line, venues };
}
const beat = (more: Partial<Heartbeat> = {}): Heartbeat => ({
  outbox: { v: 1, venue: 'sub-1', installation: 'test', at: '2026-03-24T01:30:00.000Z', count: 3, head: '0'.repeat(64) },
  signature: 'AA',
  waiting: 0,
  replicated: { o: 7 },
  checked: { o: 7 },
  clockOffsetMs: 0,
  broken: [],
  wrong: [],
  ...more,
});

describe('the lines to the sites', () => {
  it('begin as down, are up while connected, and down again after', () => {
    const { sut, line } = world();
    expect(line()).toBe('down');
    sut.up('sub-1', 'x');
    expect(line()).toBe('up');
    sut.down('sub-1', 'x');
    expect(line()).toBe('down');
  });

  it('are not ended by the end of an older connection', () => {
    const { sut, line } = world();
    sut.up('sub-1', 'old');
    sut.up('sub-1', 'new');
    sut.down('sub-1', 'old');
    expect(line()).toBe('up');
    sut.heard('sub-1', 'old', beat({ waiting: 9 }));
    expect(sut.lines().at(-1)?.waiting).toBe(0);
  });

  it('are degraded when a site is silent, and when its replica contradicts what was signed', async () => {
    const { clock, sut, line } = world();
    sut.start();
    sut.up('sub-1', 'x');
    sut.heard('sub-1', 'x', beat());
    await clock.advance(VENUE_WIRE.heartbeatLostMs + 2 * VENUE_WIRE.heartbeatMs);
    expect(line()).toBe('degraded');
    sut.heard('sub-1', 'x', beat());
    expect(line()).toBe('up');
    sut.heard('sub-1', 'x', beat({ broken: ['o'] }));
    expect(line()).toBe('degraded');
    sut.stop();
    expect(clock.waiting).toBe(0);
  });

  it('follow the registry: a venue that came begins as down, one that went is listed no more', () => {
    const { sut, venues, told } = world();
    sut.up('sub-1', 'x');
    venues.push({ id: 'sub-2', name: '分会场二', role: 'sub' });
    sut.refresh();
    expect(told.at(-1)?.map(({ venue, line }) => [venue, line])).toEqual([
      ['main', 'up'],
      ['sub-1', 'up'],
      ['sub-2', 'down'],
    ]);
    venues.splice(1, 1);
    sut.refresh();
    expect(told.at(-1)?.map(({ venue }) => venue)).toEqual(['main', 'sub-2']);
  });

  it('are told when something changes that people look at, not with every entry', () => {
    const { sut, told } = world();
    sut.up('sub-1', 'x');
    const before = told.length;
    sut.heard('sub-1', 'x', beat());
    sut.replicated('sub-1', 'o', 8);
    expect(told).toHaveLength(before);
    sut.heard('sub-1', 'x', beat({ waiting: 1 }));
    expect(told).toHaveLength(before + 1);
    expect(told.at(-1)?.find(({ venue }) => venue === 'sub-1')?.replicated).toEqual({ o: 7 });
  });
});
