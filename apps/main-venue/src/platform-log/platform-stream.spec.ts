import type { Command, Context, JsonObject, VisibleEntry } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { PUBLISH_WEB_BUNDLE } from '@app/contracts';
import { ACTS_IN_BATCH, COMMIT_ACTS, PlatformStream } from './platform-stream.js';

const at = '2026-03-24T01:30:00.000Z';
const commitments = Array.from({ length: ACTS_IN_BATCH }, (_none, index) => index.toString(16).padStart(64, '0'));
const heads = { seed: '1'.repeat(64), root: '2'.repeat(64) };

const command = (payload: JsonObject): Command => ({
  v: 1,
  id: '01a0c000-0000-7000-8000-000000000001',
  origin: 'gongping.test/platform',
  lot: null,
  round: null,
  type: COMMIT_ACTS,
  step: '',
  public: payload,
  secrets: {},
  actor: { party: 'node:main' },
  at,
  basis: 0,
});
const context: Context = {
  v: 1,
  at,
  engine: 'gongping-platform/1',
  actor: { party: 'node:main', assurance: 'node' },
  certificate: 'node',
  facts: {},
};
const decided = (payload: JsonObject): string => {
  const decision = new PlatformStream('key').decide({ command: command(payload), openings: {} }, context);
  return decision.ok ? 'accepted' : decision.code;
};

describe('the rules of the platform log', () => {
  it('take a batch with a root over the heads of all lots, and none without', () => {
    expect(decided({ commitments, heads })).toBe('accepted');
    expect(decided({ commitments })).toBe('E_INPUT');
    expect(decided({ commitments, heads: { root: heads.root } })).toBe('E_INPUT');
    expect(decided({ commitments, heads: { ...heads, root: '2' } })).toBe('E_INPUT');
    expect(decided({ commitments: commitments.slice(1), heads })).toBe('E_INPUT');
  });

  it('take the web client that is served, once: the same again is refused, after a batch too', () => {
    const bundle = { release: '1.0.0', manifest: 'a'.repeat(64) };
    const publish = { ...command(bundle), type: PUBLISH_WEB_BUNDLE };
    const entry = (seq: number, type: string, of: Command): VisibleEntry => ({
      header: { v: 1, seq, at, type, parts: {} },
      parts: { command: { command: of, context } },
    });
    const outcome = (stream: PlatformStream, payload: JsonObject): string => {
      const decision = stream.decide({ command: { ...publish, public: payload }, openings: {} }, context);
      return decision.ok ? 'accepted' : decision.code;
    };
    const empty = new PlatformStream('key');
    expect([outcome(empty, bundle), outcome(empty, { ...bundle, manifest: 'x' })]).toEqual(['accepted', 'E_INPUT']);
    const named = empty.next(entry(0, PUBLISH_WEB_BUNDLE, publish)).next(entry(1, COMMIT_ACTS, command({ commitments, heads })));
    expect(named.bundle).toEqual({ ...bundle, seq: 0 });
    expect([outcome(named, bundle), outcome(named, { ...bundle, release: '1.0.1' })]).toEqual(['E_INPUT', 'accepted']);
  });

  it('fold what was written before there was a root', () => {
    const entry: VisibleEntry = {
      header: { v: 1, seq: 7, at, type: COMMIT_ACTS, parts: {} },
      parts: { skeleton: { events: [] } },
    };
    expect(new PlatformStream('key', 7).next(entry).size).toBe(8);
  });
});
