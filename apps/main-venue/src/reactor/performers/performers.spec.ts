import { initialLotState, evolve, MAIN_NODE, owed } from '@app/evaluation';
import { describe, expect, it } from '@jest/globals';
import { SEPARATED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { finish, type Play, playToTheEnd, seat, untilReported, voteOnAward } from '@app/testing/play';
import { PERFORMERS } from './index.js';

const separated = (): Play => {
  const play = seat(SEPARATED);
  untilReported(play);
  voteOnAward(play);
  finish(play);
  return play;
};
const whole = (plan: typeof TV_E2E_01, winner: string): Play => {
  const play = seat(plan);
  playToTheEnd(play, winner);
  return play;
};

/** Commands that the main venue's node ever owes in a played lot. */
function owedInAll({ table }: Play): Set<string> {
  let state = initialLotState(table.state.origin, table.lot, 1);
  const commands = new Set<string>();
  for (const entry of table.entries) {
    state = evolve(state, entry);
    for (const { command } of owed(state, MAIN_NODE)) commands.add(command);
  }
  return commands;
}

describe('the performers of the main venue', () => {
  it('are one for each kind of duty', () => {
    const commands = PERFORMERS.map(({ command }) => command);
    expect(new Set(commands).size).toBe(commands.length);
  });

  it.each([
    ['by rank', () => whole(TV_E2E_01, 'B')],
    ['in procurement', () => whole(TV_E2E_02, 'C')],
    ['by vote', separated],
  ])('fulfil everything that the node owes in a lot that is awarded %s', (_name, play) => {
    // A call takes its time: it is a job (expert-contact.processor.ts).
    const known = new Set([...PERFORMERS.map(({ command }) => command), 'draw.record-call']);
    expect([...owedInAll(play())].filter((command) => !known.has(command))).toEqual([]);
  });
});
