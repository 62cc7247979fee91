import type { JsonObject } from '@app/contracts';
import { generateKeeperKey } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, type Play } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { LotStream } from '../pipeline/lot-stream.js';
import { AccessStream } from './access-stream.js';

const profile = profileOf('gp-std-1');
const NOW = '2026-03-24T01:30:00.000Z';
const look = (source: string): JsonObject => ({
  tracks: [{ venue: 'sub-1', party: 'expert-1', source }],
  from: NOW,
  to: NOW,
  purpose: '核查',
  recipient: generateKeeperKey(profile).publicKey,
});

/** What becomes of an act of this party, as the lot stands. */
function decided({ table }: Play, party: string, type: string, payload: JsonObject, assurance: 'certificate' | 'node' = 'certificate') {
  const { origin, lot, round } = table.state;
  const command = {
    v: 1,
    id: '',
    origin,
    lot,
    round,
    type,
    step: '',
    public: payload,
    secrets: {},
    actor: { party },
    at: NOW,
    basis: 0,
  } as const;
  const context = { v: 1, at: NOW, engine: '', actor: { party, assurance }, certificate: 'good', facts: {} } as const;
  const decision = new AccessStream(profile, () => new LotStream(table.run)).decide({ command, openings: {} }, context);
  return decision.ok ? decision.events : decision.code;
}

describe('the access log of a lot', () => {
  it('takes looks of its supervisors, and says on what of the lot that was decided', () => {
    const play = at(TV_E2E_01, 'locked');
    expect(decided(play, 'supervisor', 'access.look', look('screen'))).toEqual([
      { type: 'access.recorded', lotSize: play.table.state.size },
    ]);
    for (const party of ['agency', 'tenderer', 'bidder-1', 'nobody'])
      expect(decided(play, party, 'access.look', look('camera'))).toBe('FORBIDDEN');
    expect(decided(play, 'supervisor', 'access.look', look('camera'), 'node')).toBe('FORBIDDEN');
    expect(decided(play, 'supervisor', 'lot.give-opinion', {})).toBe('UNKNOWN_TYPE');
    expect(decided(play, 'supervisor', 'access.mark', { at: NOW, track: null, note: '' })).toBe('E_INPUT');
  });

  it('takes no look at a screen while each member judges alone (独立评审)', () => {
    const play = at(TV_E2E_01, 'reviewed');
    expect(decided(play, 'supervisor', 'access.look', look('screen'))).toBe('WRONG_STEP');
    expect(decided(play, 'supervisor', 'access.export', { ...look('screen'), applicant: { name: 'x', reason: 'y' } })).toBe('WRONG_STEP');
    expect(decided(play, 'supervisor', 'access.look', look('camera'))).toEqual([expect.anything()]);
  });
});
