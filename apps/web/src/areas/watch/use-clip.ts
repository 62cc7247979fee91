import { asRequestError, RequestError } from '@app/client';
import type { SentEntry } from '@app/contracts';
import { TreeHasher } from '@app/ledger';
import { ref, shallowRef, type ComputedRef } from 'vue';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { saveFile } from '../../utils/save-file.js';
import { fetchLanding } from './api.js';
import { CLIP_BYTES_MAX, clipFile, clipOf, type ClipSegment, receiptOf } from './model/clip.js';
import type { Lane, SpanMs } from './model/timeline.js';
import { landingsOf } from '@app/verifying';
import { visibleEntry } from '@app/contracts';
import type { Access } from './use-access.js';
import type { Replay } from './use-replay.js';

export interface ClipOrder {
  readonly lanes: readonly Lane[];
  readonly range: SpanMs;
  readonly purpose: string;
  readonly applicant: { readonly name: string; readonly reason: string };
}

/** Makes a copy for an applicant (复制): first the entry of the access log, then keys, then the file with its proofs, saved at this browser. */
export function useClip(open: ComputedRef<OpenLot>, access: Access, replay: Replay) {
  const { http } = useVenue();
  const problem = shallowRef<RequestError | null>(null);
  const isWorking = ref(false);
  const progress = ref({ done: 0, of: 0 });

  async function make(order: ClipOrder): Promise<boolean> {
    if (isWorking.value) return false;
    isWorking.value = true;
    problem.value = null;
    try {
      return await work(order);
    } catch (error) {
      problem.value = asRequestError(error);
      return false;
    } finally {
      isWorking.value = false;
    }
  }

  async function work({ lanes, range, purpose, applicant }: ClipOrder): Promise<boolean> {
    const { segments, bytes } = clipOf(lanes, range);
    if (segments.length === 0) throw new RequestError('E_INPUT', 'nothing was recorded there');
    if (bytes > CLIP_BYTES_MAX) throw new RequestError('TOO_LARGE', 'a copy of so many bytes');
    const tracks = lanes.map(({ venue, track }) => ({ venue, ...track }));
    const span = { from: new Date(range.fromMs).toISOString(), to: new Date(range.toMs).toISOString() };
    const payload = { tracks, ...span, purpose, applicant };
    const looked = await access.act('access.export', payload);
    if (looked === null) problem.value = access.problem.value;
    if (looked?.proof == null) return false;
    progress.value = { done: 0, of: segments.length };
    const parts: ClipSegment[] = [];
    for (const at of segments) {
      const key = access.keys.value?.keyOf(at.venue, at.segment) ?? null;
      const sealed = await replay.fetched(at);
      const file = sealed === null || key === null ? null : await access.keys.value?.open(at.venue, at.segment, sealed);
      // What is missing or was changed is not left out silently: no copy is made of it.
      if (sealed === null || key === null || file == null)
        throw new RequestError('UNAVAILABLE', `no whole segment at ${at.segment.received.from}`);
      parts.push({ at, sealed, key, file });
      progress.value = { ...progress.value, done: parts.length };
    }
    const { state } = open.value;
    const named = await namesOf(new Set(segments.map(({ seq }) => seq)));
    const zip = clipFile({ origin: state?.origin ?? '', order: payload, access: looked.proof, segments: parts, ...named });
    saveFile(zip, `${state?.lot ?? 'lot'}-${span.from.replaceAll(':', '')}.zip`, 'application/zip');
    return true;
  }

  /** Entries that name the landings of these segments, the landings, and the proofs that the entries are in the log. */
  async function namesOf(seqs: ReadonlySet<number>) {
    const { name, entries: all, head, judging, profile } = open.value;
    const entries: SentEntry[] = all.filter(({ header }) => seqs.has(header.seq));
    const landings = new Map<string, Uint8Array>();
    for (const entry of entries)
      for (const { landing } of landingsOf(visibleEntry(entry))) {
        const bytes = await fetchLanding(http, name, landing);
        if (bytes !== null) landings.set(landing, bytes);
      }
    const receipts = new Map<number, string>();
    const hasher = new TreeHasher(profile.hash);
    for (const seq of seqs)
      if (head !== null && judging !== null && head.size > seq && judging.size >= head.size)
        receipts.set(
          seq,
          receiptOf(hasher, head, seq, (index) => judging.leafHash(index)),
        );
    return { entries, landings, receipts };
  }

  return { make, problem, isWorking, progress };
}
