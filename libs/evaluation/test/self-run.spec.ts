import { describe, expect, it } from '@jest/globals';
import { textOf } from '@app/evaluation';
import { TV_E2E_01 } from '@app/testing/lots';
import {
  binding,
  bidderOf,
  deliver,
  draft,
  foundingParties,
  lock,
  openAllBids,
  type Play,
  publishKeys,
  publishLot,
  registered,
  seat,
} from '@app/testing/play';

/** A lot without an agency: one party is tenderer and runs the tender. */
function founded(): Play {
  const play = seat(TV_E2E_01);
  const { table } = play;
  const parties = foundingParties().flatMap((party) => {
    if (party['party'] === 'agency') return [];
    return [party['party'] === 'tenderer' ? { ...party, roles: ['agency', 'tenderer'], venue: 'main' } : party];
  });
  const bindings = parties.map(({ party }) => binding(textOf(party), `org-${textOf(party).replace(':', '-')}`));
  const keepers = {
    ...(draft(play)['keepers'] as object),
    bids: { threshold: 3, parties: ['tenderer', 'supervisor', 'node:main', 'node:sub-1'] },
  };
  table.act('tenderer', 'lot.create', { ...draft(play), keepers, parties }, { secrets: { bindings }, facts: registered(parties) });
  // What the play does as the agency this party does.
  const prepare = table.prepare.bind(table);
  table.prepare = (party, ...rest) => prepare(party === 'agency' ? 'tenderer' : party, ...rest);
  return play;
}

describe('a tenderer that runs its own tender (招标人自行招标, 招标投标法 12)', () => {
  it('founds, publishes and hosts as one party, up to the signed record', () => {
    const play = founded();
    const { table } = play;
    publishKeys(play);
    publishLot(play);
    table.waitUntil('2026-03-10T02:00:00.000Z');
    publishKeys(play);
    for (const desk of play.desks) deliver(play, desk);
    lock(play);
    table.act('tenderer', 'opening.start');
    table.act('tenderer', 'opening.publish-list');
    table.act('tenderer', 'opening.sign-in');
    openAllBids(play);
    table.act('tenderer', 'opening.read-out');
    for (const desk of play.desks) table.act(bidderOf(play, desk), 'opening.confirm');
    table.act('node:main', 'opening.make-record');
    table.act('tenderer', 'opening.sign-record', { record: table.state.opening.record?.hash ?? '' });
    const owed = table.run.owed('tenderer').map(({ command }) => command);
    expect(owed).toEqual(['opening.close']);
    table.act('tenderer', 'opening.close');
    expect(table.state.status).toBe('OPENED');
    expect(Object.keys(table.state.parties)).not.toContain('agency');
  });
});
