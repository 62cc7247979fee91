import type { Context, VisibleEntry } from '@app/contracts';
import { signWish } from '@app/client';
import type { Decision } from '@app/evaluation';
import { accept } from '@app/evaluation';
import { Contributes } from '@app/platform';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { lotToCreate } from '../../test/support/lot.js';
import { INSTALLATION, profile } from '../../test/support/people.js';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import type { LogName } from './log-name.js';
import type { PartyBinding } from './signer-facts.js';
import type { Stream, Submitted } from './stream.js';
import { StreamKind } from './stream-kind.js';

const BOOT_MS_MAX = 60_000;
const HALL = `${INSTALLATION}/hall`;

/** A log in which the one party takes the seat that it names. */
class HallStream implements Stream {
  constructor(
    readonly size = 0,
    private readonly seat: string | null = null,
  ) {}
  bindingOf(): PartyBinding {
    return { person: 'p-supervisor', organisation: null, certificate: null, nodeKey: null };
  }
  seatOf(): string | null {
    return this.seat;
  }
  engineFor(): string {
    return 'hall/1';
  }
  decide({ command }: Submitted, _context: Context): Decision {
    return accept([{ type: 'hall.taken', seat: command.public['seat'] ?? null }]);
  }
  next({ parts }: VisibleEntry): HallStream {
    const { events } = parts['skeleton'] as { events: { seat: string }[] };
    return new HallStream(this.size + 1, events[0]?.seat ?? null);
  }
}

@Contributes(StreamKind)
@Injectable()
class HallKind extends StreamKind {
  holds({ origin }: LogName): boolean {
    return origin === HALL;
  }
  originOf({ type }: { readonly type: string }): string | null {
    return type.startsWith('hall.') ? HALL : null;
  }
  initial(): HallStream {
    return new HallStream();
  }
  founds(): boolean {
    return true;
  }
}

describe('the seat that a session key was granted for', () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = await createKit(undefined, { providers: [HallKind] });
    const { payload, secrets } = lotToCreate(kit.people, kit.cast);
    const parties = (payload['parties'] as { party: string }[]).map((one) =>
      one.party === 'supervisor' ? { ...one, venue: 'supervision', seat: 'r1-s1' } : one,
    );
    const create = await kit.wish(kit.cast.agency.identity, 'lot-1', 'agency', 'lot.create', { ...payload, parties }, { secrets });
    expect((await kit.process.pipeline.submit(create)).outcome).toMatchObject({ ok: true });
  }, BOOT_MS_MAX);
  afterAll(() => kit.close(), BOOT_MS_MAX);

  const opinion = async (seat: string | null): Promise<object> => {
    const identity = kit.people.session(kit.cast.supervisor, { seat });
    const payload = { text: 'x', target: 'lot' };
    const signed = await kit.wish(identity, 'lot-1', 'supervisor', 'lot.give-opinion', payload);
    return (await kit.process.pipeline.submit(signed)).outcome;
  };

  it('SEC-23 is the one where its party sits: a key that was taken from one seat is of no use at another', async () => {
    expect(await opinion('r1-s1')).toMatchObject({ ok: true });
    expect(await opinion('r1-s2')).toMatchObject({ ok: false, code: 'E_SEAT_MISMATCH' });
    // Granted for no seat in particular, or the certificate itself.
    expect(await opinion(null)).toMatchObject({ ok: true });
  });

  it('SEC-23 is the one that is taken by it: nobody signs in at another', async () => {
    const sit = async (granted: string, taken: string): Promise<object> => {
      const identity = kit.people.session(kit.cast.supervisor, { seat: granted });
      const target = { origin: HALL, lot: null, round: null };
      const wish = { type: 'hall.sit', payload: { seat: taken }, party: 'guest', at: kit.clock.instant(), basis: 0 };
      return (await kit.process.pipeline.submit(await signWish(profile, identity, target, wish))).outcome;
    };
    expect(await sit('a', 'b')).toMatchObject({ ok: false, code: 'E_SEAT_MISMATCH' });
    expect(await sit('a', 'a')).toMatchObject({ ok: true });
    expect(await sit('b', 'b')).toMatchObject({ ok: false, code: 'E_SEAT_MISMATCH' });
  });
});
