import type { Head, SentEntry, Trust } from '@app/contracts';
import { asRequestError, type RequestError } from '@app/client';
import { type EngineShelf, type FoundingRules, LotRun, openShelf, witnessRules } from '@app/evaluation';
import { TreeHasher } from '@app/ledger';
import { profileOf, type ProfileId } from '@app/sealing';
import {
  LotJudge,
  Judging,
  judgeOf,
  newerHead,
  readHead,
  type ReadHead,
  sealOf as sealFrom,
  type AnchorState,
  type Seal,
  type WrongEntry,
} from '@app/verifying';
import { computed, effectScope, reactive, ref, shallowRef, watch as watchValue } from 'vue';
import type { LineStatus } from '../realtime/line.js';
import type { Venue } from '../request/venue.js';
import { localNow } from '../../utils/monotonic.js';
import { fetchEntries, fetchHead, type LotName } from './api.js';
import { emptyLog, missingFrom, secretsOf, withEntries, type Folding, type LotLog } from './lot-log.js';

const ENTRY_PAGE = 500;
/** A log that could not be read is tried again after this long, up to twice as long. */
const RETRY_MS = 2_000;
const BYTE = 256;
const folding: Folding<LotRun> = { evolve: (run, entry) => run.next(entry), statusOf: ({ state }) => state.status };

export interface OpenLotDeps {
  readonly venue: Pick<Venue, 'http' | 'line'>;
  /** Tagged key that signs the installation's logs, pinned or as the venue names it; empty while it is not known. */
  readonly logKey: () => string;
  /** Keys that are pinned on this device; null while nobody compared them. */
  readonly pinned: () => Trust | null;
  readonly anchors: () => AnchorState;
  /** Under which rules the installation founds lots: no later engine is offered. */
  readonly foundingRules: () => FoundingRules;
}

/**
 * One lot while somebody here looks at it: its log as I may see it, folded here by the engine that it names, as everywhere, and its newest
 * checkpoint. Any number may be open at once; each follows its own log over the one line. `close` ends it.
 */
export function openLot(name: LotName, { venue, logKey, pinned, anchors, foundingRules }: OpenLotDeps) {
  const { http } = venue;
  const line = venue.line('/lots');
  const log = shallowRef<LotLog<LotRun> | null>(null);
  const loading = ref(false);
  const problem = shallowRef<RequestError | null>(null);
  /** The judge at work; another one with every reading from the start, and when other keys are believed. */
  const judging = shallowRef<Judging | null>(null);
  /** How far he is: what is read of him is read again when this changes. */
  const judgedSize = ref(0);
  let shelf: EngineShelf | null = null;
  /** Newest entry that came by notice, for the live region. */
  const newest = shallowRef<SentEntry | null>(null);
  /** Notes that the venue sent: the one shown and the newest told of. */
  const offered = shallowRef<readonly string[]>([]);
  /** The lot under its engine: what is owed, when, and which acts are taken is that engine's word. */
  const run = computed(() => log.value?.state ?? null);
  /** In its newest shape, which is the one that screens know. */
  const state = computed(() => run.value?.state ?? null);
  const entries = computed(() => log.value?.entries ?? []);
  const profile = computed(() => profileOf((state.value?.setup.profile ?? 'gp-std-1') as ProfileId));
  const origin = computed(() => state.value?.origin ?? '');
  const policy = computed(() => (state.value === null ? null : witnessRules(state.value).policy));
  const judge = computed(() => judgeOf(profile.value, origin.value, logKey()));
  const head = computed(() =>
    offered.value
      .map((checkpoint) =>
        readHead(
          judge.value,
          { checkpoint },
          policy.value === null ? null : { policy: policy.value, isDegraded: false },
          pinned()?.policy ?? null,
          localNow(),
        ),
      )
      .reduce<ReadHead | null>((best, read) => (read === null ? best : newerHead(best, read)), null),
  );
  /** What the judge found wrong by now, in the order of the log. */
  const faults = computed((): readonly WrongEntry[] => (judgedSize.value === 0 ? [] : [...(judging.value?.faults ?? [])]));
  /** Counts readings from the start; an answer for an earlier one is dropped. */
  let generation = 0;
  /** Everything is being read from the start. */
  let isReading = false;
  /**
   * Secret parts of the last reading from the start. The venue is told how many there are, since it knows of nobody's rights while one reads: they
   * may widen meanwhile. When a second reading finds no more, it is not told again: what is missing was erased.
   */
  let secretsRead = -1;

  /** Reads everything again from entry 0: on opening, and when my rights widened. What was shown stays until the new state is whole. */
  async function refold(): Promise<void> {
    const mine = ++generation;
    isReading = true;
    loading.value = log.value === null;
    problem.value = null;
    try {
      const [opened, first] = await Promise.all([openShelf(), fetchEntries(http, name, 0, ENTRY_PAGE)]);
      shelf = opened;
      const empty = LotRun.begin(opened.foundedUnder(foundingRules()), { origin: first.origin, ...name });
      const begun = withEntries(emptyLog(empty), first.entries, folding);
      const next = first.next === null ? begun : await readOn(begun);
      if (mine !== generation) return;
      log.value = next;
      judgeAnew();
      const secrets = secretsOf(next);
      await watch(mine, secrets === secretsRead ? {} : { secrets });
      secretsRead = secrets;
    } catch (error) {
      failed(mine, error);
    } finally {
      if (mine === generation) loading.value = isReading = false;
    }
  }

  /** What passes is tried again, each page after a while of its own: those who fail together must not come back together. */
  function failed(mine: number, error: unknown): void {
    if (mine !== generation) return;
    problem.value = asRequestError(error);
    if (!problem.value.isPassing) return;
    setTimeout(
      () => {
        if (mine === generation) void refold();
      },
      RETRY_MS * (1 + (profile.value.primitives.randomBytes(1)[0] ?? 0) / BYTE),
    );
  }

  async function readOn(from: LotLog<LotRun>): Promise<LotLog<LotRun>> {
    let next = from;
    for (let at: number | null = next.entries.length; at !== null;) {
      const page = await fetchEntries(http, name, at, ENTRY_PAGE);
      next = withEntries(next, page.entries, folding);
      at = page.entries.length === 0 ? null : page.next;
    }
    return next;
  }

  async function watch(mine: number, kept: { secrets?: number } = {}): Promise<void> {
    await line.ask('lot:watch', { ...name, from: entries.value.length, ...kept });
    if (mine !== generation) return;
    const found = await fetchHead(http, name).catch(() => null);
    if (found !== null && mine === generation) offer(found);
  }

  /**
   * Goes on after a cut from where the log stood. The venue says when I may see more of what I have by now: then everything is read again.
   */
  async function resume(): Promise<void> {
    if (log.value === null || isReading || problem.value !== null) return refold();
    const mine = ++generation;
    try {
      await watch(mine, { secrets: secretsOf(log.value) });
    } catch (error) {
      failed(mine, error);
    }
  }

  async function catchUp(): Promise<void> {
    const mine = generation;
    if (log.value === null) return;
    const next = await readOn(log.value);
    if (mine === generation && next.entries.length > entries.value.length) log.value = next;
  }

  function offer({ checkpoint }: Head): void {
    const shown = head.value?.checkpoint;
    offered.value = shown === undefined ? [checkpoint] : [shown, checkpoint];
  }

  const isMine = (notice: LotName): boolean => notice.lot === name.lot && notice.round === name.round;
  let before: LineStatus = 'up';
  const ends = [
    line.on('entries:appended', (notice) => {
      if (!isMine(notice) || log.value === null) return;
      log.value = withEntries(log.value, notice.entries, folding);
      newest.value = notice.entries.at(-1) ?? newest.value;
      if (missingFrom(log.value) !== null) void catchUp().catch(() => undefined);
    }),
    line.on('lot:refold', (notice) => {
      if (isMine(notice)) void refold();
    }),
    line.on('head:changed', (notice) => {
      if (isMine(notice)) offer(notice);
    }),
    line.onStatus((status) => {
      // After a cut the server knows nothing of us; as somebody else we may see other things.
      if (status === 'up' && before === 'down') void resume();
      if (status === 'up' && before === 'connecting') void refold();
      // A line that could not be opened anew yet is still one of somebody else.
      if (status !== 'down' || before !== 'connecting') before = status;
    }),
  ];

  const scope = effectScope(true);
  scope.run(() => {
    watchValue(() => entries.value.length, judgeOn);
    watchValue(pinned, judgeAnew);
  });

  function close(): void {
    generation += 1;
    scope.stop();
    judging.value?.close();
    for (const end of ends) end();
    void line.ask('lot:leave', { ...name }).catch(() => null);
  }

  /** Everything that is here is judged again, by the keys that are believed now. */
  function judgeAnew(): void {
    judging.value?.close();
    judging.value = null;
    judgedSize.value = 0;
    if (shelf === null || origin.value === '') return;
    const trust = pinned();
    const installation = trust?.installation ?? origin.value.split('/')[0] ?? '';
    const lotJudge = new LotJudge({ ...name, installation, origin: origin.value, profile: profile.value, shelf, anchors: trust });
    const next = new Judging(
      lotJudge,
      new TreeHasher(profile.value.hash),
      () => entries.value,
      () => {
        if (judging.value === next) judgedSize.value = next.size;
      },
    );
    judging.value = next;
    judgeOn();
  }

  function judgeOn(): void {
    void judged();
  }

  /** Resolves when every entry that is here is judged. */
  const judged = async (): Promise<void> => judging.value?.run();

  /** Asks for a head under cosignatures of now. It comes like any other. */
  const wantHead = async (): Promise<void> => {
    await line.ask('head:want', { ...name });
  };

  /** What this device can say of an entry by now. */
  const sealOf = (seq: number): Seal => sealFrom(seq, judgedSize.value > seq ? judging.value : null, head.value, anchors());

  return reactive({
    name,
    log,
    head,
    loading,
    problem,
    newest,
    run,
    state,
    entries,
    profile,
    judging,
    judgedSize,
    faults,
    sealOf,
    wantHead,
    judged,
    refold,
    close,
  });
}

export type OpenLot = ReturnType<typeof openLot>;
