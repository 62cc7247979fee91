import type { Page, SentEntry, VisibleEntry } from '@app/contracts';
import { fromBase64Url, PageBuilder } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import { secretEntryOf } from '@app/evaluation';
import { CheckpointJudge, headerText, SIGNATURE_TYPE } from '@app/ledger';
import type { Clock } from '@app/platform';
import { createLogger } from '@app/platform';
import { noteKey, noteSuite } from '@app/sealing';
import type { Play } from '@app/testing/play';
import { LotJudge } from '@app/verifying';
import type { Pool } from 'pg';
import type { ReplicaEvents } from '../../../apps/sub-venue/src/replica/replica-events.js';
import { Replica } from '../../../apps/sub-venue/src/replica/replica.js';
import { ReplicaRepository } from '../../../apps/sub-venue/src/replica/replica.repository.js';
import { SiteCrypto } from '../../../apps/sub-venue/src/site/site-crypto.js';
import type { Certified } from '../../../libs/verifying/test/support/certified.js';
import { INSTALLATION } from '../../../libs/verifying/test/support/certified.js';

export const READER = 'node:sub-1';
export const QUIET = createLogger({ name: 'bench', level: 'silent' });
/** Of a part that the reader may not see he mirrors ciphertext, about as long. */
const MIRRORED = new Uint8Array(400);

/** The entries from `from` on as the main venue sends them to the site while the lot stands as `run` says. */
export function pageOf(run: LotRun, from: number, entries: readonly VisibleEntry[], sent: readonly SentEntry[]): Page {
  const viewer = { party: READER, roles: [...(run.state.parties[READER]?.roles ?? [])] };
  const builder = new PageBuilder(run.state.origin, from);
  for (const [index, entry] of entries.entries()) {
    builder.header(headerText(entry.header));
    for (const [part, { salt, text }] of Object.entries(sent[index]?.parts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
      if (run.audience(viewer, secretEntryOf(entry), part)) builder.open(part, fromBase64Url(salt), text);
      else builder.hidden(part, MIRRORED);
  }
  return builder.page();
}

/** Folds as a judge does, and judges nothing. */
class NoJudge extends LotJudge {
  #folded: LotRun;

  constructor(facts: ConstructorParameters<typeof LotJudge>[0], beginning: LotRun) {
    super(facts);
    this.#folded = beginning;
  }
  override get run(): LotRun {
    return this.#folded;
  }
  override get standing(): LotJudge['standing'] {
    return { size: this.#folded.size, fault: null, held: null };
  }
  override take(entry: SentEntry): VisibleEntry {
    const parts = Object.entries(entry.parts).map(([name, { text }]) => [name, JSON.parse(text)] as const);
    const visible: VisibleEntry = { header: entry.header, parts: Object.fromEntries(parts) };
    this.#folded = this.#folded.next(visible);
    return visible;
  }
}

interface Site {
  readonly keys: Certified;
  readonly play: Pick<Play, 'table'>;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly events?: Partial<ReplicaEvents>;
  /** The lot before its first entry: entries are folded only. Without it they are judged. */
  readonly unjudged?: LotRun;
}

export const cryptoOf = (keys: Certified): SiteCrypto => new SiteCrypto(keys.profile, keys.node(READER), keys.profile.newSalt());

/** A replica of the lot as a site keeps it, on tables of its own. */
export async function replicaOf({ keys, play, pool, clock, events = {}, unjudged }: Site, crypto: SiteCrypto): Promise<Replica> {
  const { origin, lot, round } = play.table.state;
  const { profile, shelf } = play.table;
  const facts = { installation: INSTALLATION, origin, lot, round, profile, shelf, anchors: keys.trust, reader: READER };
  const repository = new ReplicaRepository(pool, crypto);
  await repository.putLot({ origin, lot, round, viewers: [] });
  const judge = new CheckpointJudge(noteSuite(profile), origin, () => noteKey(keys.logSigner.publicKey, origin, SIGNATURE_TYPE.note));
  const begin = (): LotJudge => (unjudged === undefined ? new LotJudge(facts) : new NoJudge(facts, unjudged));
  const nothing = (): void => undefined;
  const heard = { folded: nothing, refolded: nothing, checked: nothing, broken: nothing, ...events };
  const replica = new Replica({ origin, lot, round }, repository, crypto, judge, begin, heard, clock, QUIET);
  await replica.load(null, null);
  return replica;
}
