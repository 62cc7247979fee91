import type { LotSummary } from '@app/contracts';
import { EngineShelf, placeOf } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { TV_E2E_01 } from '@app/testing/lots';
import {
  AS_RELEASED,
  contactExperts,
  fromLockedToOpened,
  requestDraw,
  seat,
  seedDraw,
  signInMember,
  untilLocked,
  type Play,
} from '@app/testing/play';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionFacts } from '../sessions/session-facts.js';
import { LotSource, type HeldLot } from './lot-source.js';
import { Lots } from './lots.js';

const LOT = TV_E2E_01.id;
const session = (id: string): SessionFacts => ({ person: { id, name: id }, organisation: null, fingerprint: id });
/** One lot in which every person is the party of their name. */
class PlayedLot extends LotSource {
  constructor(private readonly play: Play) {
    super();
  }

  find(): Promise<HeldLot> {
    const { run, state } = this.play.table;
    const { origin, lot, round } = state;
    const partiesOf = (who: SessionFacts | null): readonly string[] => (who === null ? [] : [who.person.id]);
    return Promise.resolve({ origin, lot, round, run, size: () => Promise.resolve(run.size), partiesOf });
  }
  entries = () => Promise.resolve([]);
  head = () => Promise.resolve(null);
  renewHead = () => Promise.resolve();
  summary = () => Promise.resolve(null);
  open = () => Promise.resolve([]);
  onMoved = () => () => undefined;
  onHead = () => () => undefined;
  mine({ person }: SessionFacts): Promise<LotSummary[]> {
    const { state } = this.play.table;
    const { origin, lot, round, status, size, setup, parties } = state;
    const facts = parties[person.id];
    if (facts === undefined) return Promise.resolve([]);
    const part = { party: person.id, roles: [...facts.roles] };
    const { code, name, regime } = setup;
    return Promise.resolve([
      { lot, round, origin, code, name, regime, status, size, updatedAt: this.play.table.now, nextLimit: null, parties: [part] },
    ]);
  }
}

let shelf: EngineShelf;
beforeAll(async () => {
  const built = await openCheckedShelf();
  shelf = new EngineShelf([...built.all.filter(({ hash }) => hash !== null), AS_RELEASED]);
});

/** Experts accepted before the opening. */
function called(engine: string): { play: Play; lots: Lots } {
  const founding = shelf.find(engine) ?? shelf.newest;
  const play = seat(TV_E2E_01, 1, { shelf, founding });
  untilLocked(play);
  requestDraw(play);
  seedDraw(play);
  contactExperts(play);
  return { play, lots: new Lots(new PlayedLot(play)) };
}

describe.each(['gongping-engine/0.1.0', 'gongping-engine/0.2.0', AS_RELEASED.engine.version])(
  'an expert who was called, under %s',
  (version) => {
    it('B4 sees time, place and seat, no lot of his, and opens none but as the public; after the sign-in his lot is there', async () => {
      const engine = shelf.all.find((one) => one.id.startsWith(version) || one.engine.version === version)?.id ?? '';
      const { play, lots } = called(engine);
      const expert = session('expert-1');
      const { setup } = play.table.state;
      const { venue, seat: at } = placeOf(play.table.state, 'expert-1');
      const isKeyed = version === AS_RELEASED.engine.version;
      const city = setup.venues.find((plan) => plan.venue === venue)?.city;
      const call = { from: setup.schedule?.deadline, venue, city, seat: at };
      expect(await lots.calls(expert)).toEqual([{ ...call, signIn: null }]);
      expect(await lots.mine(expert)).toEqual([]);
      // Under an engine before 0.4.0 nobody outside knows of a lot before its opening.
      const isKnown = version === AS_RELEASED.engine.version;
      if (isKnown) expect((await lots.open(LOT, 1, expert)).parties).toEqual([]);
      else await expect(lots.open(LOT, 1, expert)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect([await lots.calls(session('agency')), (await lots.mine(session('agency'))).length]).toEqual([[], 1]);

      fromLockedToOpened(play);
      const { origin } = play.table.state;
      expect(await lots.calls(expert)).toEqual([{ ...call, signIn: { lot: LOT, round: 1, origin, party: 'expert-1', isKeyed } }]);
      expect(await lots.mine(expert)).toEqual([]);
      expect((await lots.open(LOT, 1, expert)).parties).toEqual([]);

      // Before he sits down he is told of no task either: it would name the lot.
      expect(await lots.tasks(expert)).toEqual([]);

      signInMember(play, 'expert-1');
      expect(await lots.calls(expert)).toEqual([]);
      expect((await lots.mine(expert)).map(({ parties }) => parties[0]?.party)).toEqual(['expert-1']);
      expect((await lots.open(LOT, 1, expert)).parties).toEqual(['expert-1']);
    });
  },
);

describe('my tasks', () => {
  it('are what each lot’s own engine says that it owes me, and nobody else’s', async () => {
    const { play, lots } = called(AS_RELEASED.engine.version);
    fromLockedToOpened(play);
    const { lot, round, setup } = play.table.state;
    const task = { lot, round, name: setup.name, regime: setup.regime, until: null };
    expect(await lots.tasks(session('representative-1'))).toEqual([{ ...task, party: 'representative-1', command: 'committee.sign-in' }]);
    expect(await lots.tasks(session('tenderer'))).toEqual([]);
    expect(await lots.tasks(session('nobody'))).toEqual([]);

    signInMember(play, 'representative-1');
    expect((await lots.tasks(session('representative-1'))).map(({ command }) => command)).not.toContain('committee.sign-in');
  });
});
