import type { Opening } from '@app/contracts';
import { COEFFICIENT_PURPOSE, initialLotState, evolve, MAIN_NODE, owed } from '@app/evaluation';
import { profileOf } from '@app/sealing';
import { describe, expect, it } from '@jest/globals';
import type { LotPlan } from '@app/testing/lots';
import { SEPARATED, TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import {
  at,
  finish,
  openAllBids,
  type Play,
  playToTheEnd,
  publishKeys,
  releaseKeys,
  seat,
  startOpening,
  submitBox,
  untilOpened,
  untilReported,
  voteOnAward,
} from '@app/testing/play';
import { ActRecords, BidOpener } from '../../core/ports.js';
import { NodeSecrets } from '../node-secrets.js';
import type { Tools } from '../performer.js';
import { PERFORMERS } from './index.js';

class NoActs extends ActRecords {
  settled(): never {
    throw new Error('not asked here');
  }
}
class NoBids extends BidOpener {
  extract(): never {
    throw new Error('not asked here');
  }
  open(): never {
    throw new Error('not asked here');
  }
}
const profile = profileOf('gp-std-1');
const TOOLS: Tools = { profile, secrets: new NodeSecrets(profile, new Uint8Array(32).fill(3)), acts: new NoActs(), bids: new NoBids() };
const NO_DUTY = { command: '', subject: '', notBefore: null, until: null };

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

const DRAWN_K: LotPlan = {
  ...TV_E2E_01,
  rules: { ...TV_E2E_01.rules, price: { ...TV_E2E_01.rules.price, k: { drawn: ['0.955', '0.960'] } } as LotPlan['rules']['price'] },
};
const untilDrawn = (): Play => {
  const play = seat(DRAWN_K);
  untilOpened(play);
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
    ['with a drawn K', untilDrawn],
  ])('fulfil everything that the node owes in a lot that is played %s', (_name, play) => {
    // A call takes its time: it is a job (expert-contact.processor.ts).
    const known = new Set([...PERFORMERS.map(({ command }) => command), 'draw.record-call']);
    expect([...owedInAll(play())].filter((command) => !known.has(command))).toEqual([]);
  });

  it('A8 seal the main venue’s nonce for K, and open everybody’s when the keepers have released', async () => {
    const play = at(DRAWN_K, 'locked');
    const { table } = play;
    startOpening(play);
    openAllBids(play);
    const perform = async (): Promise<void> => {
      const [due] = owed(table.state, MAIN_NODE).filter(({ command }) => command.startsWith('opening.'));
      const found = await PERFORMERS.find(({ command }) => command === due?.command)?.act(table.state, due ?? NO_DUTY, TOOLS);
      if (found == null || due === undefined) throw new Error('nothing to do');
      const openings = Object.entries(found.openings ?? {}).map(([name, opening]): [string, { opening: Opening }] => [name, { opening }]);
      table.act(MAIN_NODE, due.command, found.payload, { secrets: { ...found.secrets, ...Object.fromEntries(openings) } });
    };
    publishKeys(play);
    table.act('agency', 'opening.name-contributors', { contributors: [MAIN_NODE, 'supervisor'], reason: null });
    await perform();
    submitBox(play, 'supervisor', 'opening.contribute', COEFFICIENT_PURPOSE, 'nonce-of-supervision-0123456789');
    releaseKeys(play);
    await perform();
    const { value, nonces } = table.state.opening.coefficient;
    expect(['0.955', '0.960']).toContain(value);
    expect(Object.keys(nonces)).toEqual([MAIN_NODE, 'supervisor']);
  });
});
