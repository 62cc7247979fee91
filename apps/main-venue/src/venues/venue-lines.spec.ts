import { describe, expect, it } from '@jest/globals';
import type { Heartbeat, VenueLine } from '@app/contracts';
import { VENUE_WIRE } from '@app/contracts';
import { FakeClock } from '@app/platform';
import { VenueLines } from './venue-lines.js';

function world() {
  const clock = new FakeClock();
  const sut = new VenueLines(clock, { id: 'main', name: '主会场', role: 'main' });
  const told: VenueLine[][] = [];
  sut.onChanged((lines) => told.push(lines));
  sut.setVenues([
    { id: 'main', name: '主会场', role: 'main' },
    { id: 'sub-1', name: '分会场一', role: 'sub' },
  ]);
  const line = (): VenueLine['line'] | undefined => sut.current().find(({ venue }) => venue === 'sub-1')?.line;
  return { clock, sut, told, line };
}
const beat = (more: Partial<Heartbeat> = {}): Heartbeat => ({
  outbox: { v: 1, venue: 'sub-1', installation: 'test', at: '2026-03-24T01:30:00.000Z', count: 3, head: '0'.repeat(64) },
  signature: 'AA',
  waiting: 0,
  replicated: { o: 7 },
  checked: { o: 7 },
  clockOffsetMs: 0,
  broken: [],
  ...more,
});

describe('the lines to the sites', () => {
  it('begin as down, are up while connected, and down again after', () => {
    const { sut, line } = world();
    expect(line()).toBe('down');
    sut.up('sub-1', 'x');
    expect([line(), sut.isUp('sub-1')]).toEqual(['up', true]);
    sut.down('sub-1', 'x');
    expect([line(), sut.isUp('sub-1')]).toEqual(['down', false]);
  });

  it('are not ended by the end of an older connection', () => {
    const { sut, line } = world();
    sut.up('sub-1', 'old');
    sut.up('sub-1', 'new');
    sut.down('sub-1', 'old');
    expect(line()).toBe('up');
    sut.heard('sub-1', 'old', beat({ waiting: 9 }));
    expect(sut.owing(['sub-1'])).toEqual([]);
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

  it('say which seated sites may still hold commands: those cut off, and those that say so', () => {
    const { sut } = world();
    expect(sut.owing(['main', 'sub-1', 'nobody'])).toEqual(['sub-1']);
    sut.up('sub-1', 'x');
    expect(sut.owing(['sub-1'])).toEqual([]);
    sut.heard('sub-1', 'x', beat({ waiting: 2 }));
    expect(sut.owing(['sub-1'])).toEqual(['sub-1']);
    expect(sut.outboxHead('sub-1')?.outbox.count).toBe(3);
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
