import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@app/contracts';
import { type LotPlan, TV_E2E_01 } from '@app/testing/lots';
import {
  admit,
  binding,
  draft,
  foundingParties,
  type Play,
  publishKeys,
  publishLot,
  registered,
  requestRefusal,
  seat,
  WITNESS_POLICY,
} from '@app/testing/play';
import { textOf } from '../kernel/fields.js';

const PACKAGE = { documentPackage: 'a'.repeat(64) };
const KEEPERS = ['node:main', 'node:sub-1', 'node:sub-2'];

/** A draft in which the site of the supervision authority has no node, so that nobody vouches for seats at the main venue. */
function withoutSupervision(change: JsonObject = {}): Play {
  const play = seat(TV_E2E_01);
  const parties = foundingParties().filter(({ party }) => party !== 'node:supervision');
  const bindings = parties.map(({ party }) => binding(textOf(party), `org-${textOf(party).replace(':', '-')}`));
  const { keepers, ...rest } = draft(play);
  const sheets = { threshold: 2, parties: KEEPERS };
  const created = { ...rest, keepers: { ...(keepers as JsonObject), sheets }, ...change, parties };
  play.table.act('agency', 'lot.create', created, { secrets: { bindings }, facts: registered(parties) });
  publishKeys(play);
  return play;
}
const publish = ({ table }: Play): string | null =>
  table.refusal('agency', 'lot.publish', PACKAGE, { facts: { witnessPolicy: WITNESS_POLICY } });
const representativeAt = (play: Play, venue: string): string | null => {
  const admitted = { party: 'representative-2', roles: ['tenderer-representative'], venue, seat: null };
  const secrets = { binding: binding('representative-2', 'org-of-representative') };
  return play.table.refusal('agency', 'lot.admit', admitted, { secrets, facts: registered([admitted]) });
};

describe('members whose keys nobody could attest', () => {
  it('SEC-2 keep a lot from being published: its keepers would hold for ever', () => {
    expect(publish(withoutSupervision())).toBe('E_NO_ATTESTER');
    const named = withoutSupervision();
    admit(named, 'representative-1', 'tenderer-representative', 'main');
    expect(publish(named)).toBe('E_NO_ATTESTER');
    const away = withoutSupervision({ venuePreset: 'A' });
    admit(away, 'representative-1', 'tenderer-representative', 'sub-1');
    expect(publish(away)).toBe('E_NO_ATTESTER');
  });

  it('SEC-2 are none where everybody sits at sub-venues, and nobody is seated elsewhere afterwards', () => {
    const play = withoutSupervision({ venuePreset: 'B' });
    admit(play, 'representative-1', 'tenderer-representative', 'sub-1');
    expect(publish(play)).toBeNull();
    publishLot(play);
    expect([representativeAt(play, 'main'), representativeAt(play, 'sub-2')]).toEqual(['E_NO_ATTESTER', null]);
    const request = (slots: LotPlan['slots']): string | null => requestRefusal(play, slots, { nonceParties: ['agency', 'supervisor'] });
    const { slots } = TV_E2E_01;
    expect(request(slots)).toBe('E_NO_ATTESTER');
    expect(request(slots.map((slot) => (slot.venue === 'main' ? { ...slot, venue: 'sub-2' } : slot)))).toBeNull();
  });
});
