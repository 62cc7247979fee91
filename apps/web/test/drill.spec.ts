import { drillAnswer } from '@app/evaluation';
import { TV_E2E_02 } from '@app/testing/lots';
import { createLot, fromLockedToOpened, holdDrill, type Play, publishKeys, publishLot, deliver, lock, seat } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { drillBoard } from '../src/areas/lot/model/drill-rows.js';

const TRUSTEES = ['tenderer', 'agency', 'supervisor', 'node:main', 'node:sub-1'];
const board = ({ table }: Play) => drillBoard(table.state);

describe('the panel of the trustees’ drill (开标受托人演练)', () => {
  it('says when it begins, then who has answered, up to the opening', () => {
    const play = seat({ ...TV_E2E_02, drill: true });
    createLot(play);
    publishKeys(play);
    expect(board(play)).toBeNull();
    publishLot(play);
    const evening = '2026-03-23T10:00:00.000Z';
    expect(board(play)).toMatchObject({ from: '2026-03-22T16:00:00.000Z', until: evening, ready: 0, threshold: 3 });
    play.table.waitUntil('2026-03-10T02:00:00.000Z');
    for (const desk of play.desks) deliver(play, desk);
    holdDrill(play, ['agency', 'node:main']);
    expect(board(play)).toMatchObject({ from: null, until: evening, ready: 2, threshold: 3 });
    expect(board(play)?.rows.map(({ party, at }) => [party, at !== null])).toEqual(
      TRUSTEES.map((party) => [party, party === 'agency' || party === 'node:main']),
    );
    const key = play.keys.get('tenderer/bids');
    play.table.act('tenderer', 'sealing.answer-drill', (key && drillAnswer(play.table.run, 'tenderer', key)) ?? {});
    lock(play);
    expect(board(play)?.ready).toBe(3);
    fromLockedToOpened(play);
    expect(board(play)).toBeNull();
  });

  it('is not there in a lot that asks for no drill', () => {
    const play = seat(TV_E2E_02);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    expect(board(play)).toBeNull();
  });
});
