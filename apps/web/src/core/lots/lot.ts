import { evolve, initialLotState, witnessRules, type LotState } from '@app/evaluation';
import type { Head, SentEntry } from '@app/contracts';
import { profileOf, type ProfileId } from '@app/sealing';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { fetchEntries, fetchHead } from './api.js';
import { leaveLot, on, onLineStatus, watchLot } from '../realtime/realtime.js';
import { problemOf, type ProblemError } from '../request/problem.js';
import { judgeOf, newerHead, readHead, type ReadHead } from '../verify/read-head.js';
import { LogVerifier, type EntryVerdict } from '../verify/verify-entry.js';
import { useClockStore } from '../installation/clock.js';
import { emptyLog, missingFrom, withEntries, type Folding, type LotLog } from './lot-log.js';

const PAGE = 500;
const folding: Folding<LotState> = { evolve, statusOf: (state) => state.status };

/** The one lot that is open: its log as I may see it, folded here by the same rules as everywhere, and its newest checkpoint. */
export const useLotStore = defineStore('lot', () => {
  const key = shallowRef<{ lot: string; round: number } | null>(null);
  const log = shallowRef<LotLog<LotState> | null>(null);
  const clock = useClockStore();
  /** Notes that the venue sent: the one shown and the newest told of. */
  const offered = shallowRef<readonly string[]>([]);
  const loading = ref(false);
  const problem = shallowRef<ProblemError | null>(null);
  const verdicts = shallowRef<ReadonlyMap<number, EntryVerdict>>(new Map());
  /** Newest entry that came by notice, for the live region. */
  const newest = shallowRef<SentEntry | null>(null);
  const state = computed(() => log.value?.state ?? null);
  const entries = computed(() => log.value?.entries ?? []);
  const profile = computed(() => profileOf((state.value?.setup.profile ?? 'gp-std-1') as ProfileId));
  const rules = computed(() => (state.value === null ? null : witnessRules(state.value)));
  const judge = computed(() => judgeOf(profile.value, state.value?.origin ?? '', clock.installation?.logKey ?? ''));
  const head = computed(() =>
    offered.value
      .map((checkpoint) => readHead(judge.value, { checkpoint }, rules.value))
      .reduce<ReadHead | null>((best, read) => (read === null ? best : newerHead(best, read)), null),
  );
  /** Counts openings; an answer for an earlier one is dropped. */
  let generation = 0;

  const isOpen = (notice: { lot: string; round: number }): boolean => notice.lot === key.value?.lot && notice.round === key.value.round;

  async function open(lot: string, round: number): Promise<void> {
    if (key.value !== null && !isOpen({ lot, round })) close();
    key.value = { lot, round };
    await refold();
  }

  function close(): void {
    if (key.value !== null) void leaveLot(key.value.lot, key.value.round).catch(() => null);
    generation += 1;
    key.value = null;
    log.value = null;
    offered.value = [];
    verdicts.value = new Map();
  }

  /** Reads everything again from entry 0: on opening, and when my rights widened. What was shown stays until the new state is whole. */
  async function refold(): Promise<void> {
    const at = key.value;
    if (at === null) return;
    const mine = ++generation;
    loading.value = log.value === null;
    problem.value = null;
    try {
      const first = await fetchEntries(at.lot, at.round, 0, PAGE);
      const begun = withEntries(emptyLog(initialLotState(first.origin, at.lot, at.round)), first.entries, folding);
      const next = first.next === null ? begun : await readOn(at, begun);
      if (mine !== generation) return;
      log.value = next;
      verdicts.value = new Map();
      await watch(at, mine);
    } catch (error) {
      if (mine === generation) problem.value = problemOf(error);
    } finally {
      if (mine === generation) loading.value = false;
    }
  }

  async function readOn(at: { lot: string; round: number }, from: LotLog<LotState>): Promise<LotLog<LotState>> {
    let next = from;
    for (
      let page = await fetchEntries(at.lot, at.round, next.entries.length, PAGE);
      ;
      page = await fetchEntries(at.lot, at.round, page.next, PAGE)
    ) {
      next = withEntries(next, page.entries, folding);
      if (page.next === null || page.entries.length === 0) return next;
    }
  }

  async function watch(at: { lot: string; round: number }, mine: number): Promise<void> {
    const { size } = await watchLot(at.lot, at.round, entries.value.length);
    if (mine !== generation) return;
    if (size > entries.value.length) await catchUp();
    await loadHead();
  }

  async function catchUp(): Promise<void> {
    const at = key.value;
    const mine = generation;
    if (at === null || log.value === null) return;
    const next = await readOn(at, log.value);
    if (mine === generation && next.entries.length > entries.value.length) log.value = next;
  }

  function offer({ checkpoint }: Head): void {
    const shown = head.value?.checkpoint;
    offered.value = shown === undefined ? [checkpoint] : [shown, checkpoint];
  }

  async function loadHead(): Promise<void> {
    const at = key.value;
    if (at === null) return;
    const found = await fetchHead(at.lot, at.round).catch(() => null);
    if (found !== null && isOpen(at)) offer(found);
  }

  on('entries:appended', (notice) => {
    if (!isOpen(notice) || log.value === null) return;
    log.value = withEntries(log.value, notice.entries, folding);
    newest.value = notice.entries.at(-1) ?? newest.value;
    if (missingFrom(log.value) !== null) void catchUp().catch(() => undefined);
  });
  on('lot:refold', (notice) => {
    if (isOpen(notice)) void refold();
  });
  on('head:changed', (notice) => {
    if (isOpen(notice)) offer(notice);
  });
  let wasDown = false;
  onLineStatus((status) => {
    if (status === 'down') wasDown = true;
    // After a cut the server knows nothing of us; what we missed is read before watching on.
    if (status === 'up' && wasDown) {
      wasDown = false;
      void refold();
    }
  });

  /** Checks entries here and now, a few at a time so that the page stays responsive. */
  async function verify(seqs: readonly number[]): Promise<void> {
    const verifier = new LogVerifier(profile.value, entries.value, state.value?.origin ?? '', head.value);
    const mine = generation;
    for (const seq of seqs) {
      if (mine !== generation || entries.value[seq] === undefined) return;
      verdicts.value = new Map(verdicts.value).set(seq, verifier.check(seq));
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  return { key, log, head, loading, problem, verdicts, newest, state, entries, profile, open, close, refold, verify };
});
