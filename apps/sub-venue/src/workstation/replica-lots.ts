import type { Head, LotSummary, SentEntry } from '@app/contracts';
import type { HeldLot, MovedListener, SessionFacts } from '@app/venue';
import { LotSource } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import type { Seat } from '../site/site-trust.js';
import { SiteTrust } from '../site/site-trust.js';
import { Uplink } from '../uplink/uplink.js';

/**
 * A site's lots: its verified replicas, with the seats that the registry gives at this site. Whoever asks while the site starts is answered
 * when what lies on its disk is judged and folded, never from less.
 */
@Injectable()
export class ReplicaLots extends LotSource {
  constructor(
    private readonly replicas: Replicas,
    @Inject(SiteTrust) private readonly trust: Pick<SiteTrust, 'seatsOf'>,
    @Inject(Uplink) private readonly line: Pick<Uplink, 'wantCheckpoint'>,
  ) {
    super();
  }

  async find(lot: string, round: number): Promise<HeldLot | null> {
    const replica = this.replicas.all().find(({ name }) => name.lot === lot && name.round === round);
    if (replica === undefined) return null;
    await replica.atHand();
    const { origin, run } = replica;
    return {
      origin,
      lot,
      round,
      run,
      size: () => Promise.resolve(run.size),
      partiesOf: (session) => this.#seats(session, origin).map(({ party }) => party),
    };
  }

  async entries(origin: string, from: number, limit: number): Promise<readonly SentEntry[]> {
    return (await this.replicas.find(origin)?.entries(from, limit)) ?? [];
  }

  /** The newest checkpoint that this site's replica fits. */
  head(origin: string): Promise<Head | null> {
    const replica = this.replicas.find(origin);
    return Promise.resolve(replica?.checkpoint == null ? null : { origin, checkpoint: replica.checkpoint });
  }

  renewHead(origin: string): Promise<void> {
    return this.line.wantCheckpoint(origin);
  }

  async summary(origin: string): Promise<LotSummary | null> {
    const replica = this.replicas.find(origin);
    if (replica === undefined) return null;
    await replica.atHand();
    return summaryOf(replica, []);
  }

  async mine(session: SessionFacts): Promise<LotSummary[]> {
    const mine = this.replicas.all().flatMap((replica) => {
      const seats = this.#seats(session, replica.origin);
      return seats.length === 0 ? [] : [{ replica, seats }];
    });
    await allAtHand(mine.map(({ replica }) => replica));
    return newestFirst(mine.map(({ replica, seats }) => summaryOf(replica, seats)));
  }

  async open(): Promise<LotSummary[]> {
    const all = this.replicas.all();
    await allAtHand(all);
    const open = all.filter(({ state }) => state.setup.isPublic);
    return newestFirst(open.map((replica) => summaryOf(replica, [])));
  }

  onMoved(listener: MovedListener): () => void {
    return this.replicas.listen({
      folded: ({ origin }, entries) => {
        listener(origin, entries);
      },
      refolded: ({ origin }) => {
        listener(origin, []);
      },
    });
  }

  onHead(listener: (origin: string) => void): () => void {
    return this.replicas.listen({
      checked: ({ origin }) => {
        listener(origin);
      },
    });
  }

  #seats(session: SessionFacts | null, origin: string): Seat[] {
    const seats = session === null ? [] : this.trust.seatsOf(session.person.id);
    return seats.filter((seat) => seat.origin === origin).sort((a, b) => (a.party < b.party ? -1 : 1));
  }
}

async function allAtHand(replicas: readonly Replica[]): Promise<void> {
  for (const replica of replicas) await replica.atHand();
}

const newestFirst = (lots: LotSummary[]): LotSummary[] => lots.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));

function summaryOf({ name, size, run, state }: Replica, seats: readonly Seat[]): LotSummary {
  const { code, name: title, regime } = state.setup;
  return {
    ...name,
    code,
    name: title,
    regime,
    status: state.status,
    size,
    updatedAt: state.at ?? '1970-01-01T00:00:00.000Z',
    nextLimit: run.nextLimit(seats.map(({ party }) => party)),
    parties: seats.map(({ party, roles }) => ({ party, roles: [...roles] })),
  };
}
