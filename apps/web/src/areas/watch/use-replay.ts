import { asRequestError, type RequestError } from '@app/client';
import type { Segment } from '@app/contracts';
import { fileFault, type SealState } from '@app/verifying';
import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { fetchSegment } from './api.js';
import { type FileState, type Footage, type SegmentVerdict, verdictOf } from './model/footage.js';
import type { SegmentKeys } from './model/segment-keys.js';
import type { Lane, LaneSegment } from './model/timeline.js';
import { LANES_MAX, type PlayerState, ReplayPlayer } from './player/replay-player.js';

const STILL: PlayerState = { atMs: 0, isPlaying: false, isWaiting: false, rate: 1, isMuted: false, showing: [], trouble: null };

/**
 * Plays the footage that keys are there for, and says of each segment what was found: its file is hashed here before it is opened. Everything that is shown of a
 * replay follows from `state`.
 */
export function useReplay(open: ComputedRef<OpenLot>, footage: ShallowRef<Footage | null>, keys: ShallowRef<SegmentKeys | null>) {
  const { http } = useVenue();
  const state = shallowRef<PlayerState>(STILL);
  const inView = ref<readonly string[]>([]);
  const files = shallowRef(new Map<string, FileState>());
  /** Changes with the player: elements that it plays in are made anew. */
  const generation = ref(0);
  let player: ReplayPlayer | null = null;
  const lanes = computed((): readonly Lane[] => footage.value?.timeline.lanes ?? []);
  const shown = computed(() => inView.value.flatMap((key) => lanes.value.find((lane) => lane.key === key) ?? []));

  function found(segment: Segment, file: FileState): void {
    if (files.value.get(segment.content) === file) return;
    files.value.set(segment.content, file);
    triggerRef(files);
  }

  async function sha256(bytes: Uint8Array): Promise<string> {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** The ciphertext as it was described; null where it is another, or has not come. */
  async function fetched({ segment }: Pick<LaneSegment, 'segment'>): Promise<Uint8Array | null> {
    const sealed = await fetchSegment(http, open.value.name, segment.content);
    if (sealed === null) {
      found(segment, 'NOT_HERE');
      return null;
    }
    if (fileFault(segment, { bytes: sealed.length, hash: await sha256(sealed) }) === null) return sealed;
    found(segment, 'SEGMENT_CHANGED');
    return null;
  }

  async function opened(at: LaneSegment): Promise<Uint8Array<ArrayBuffer> | null> {
    if (keys.value?.has(at.venue, at.segment) !== true) return null;
    const sealed = await fetched(at);
    if (sealed === null) return null;
    const file = await keys.value.open(at.venue, at.segment, sealed);
    found(at.segment, file === null ? 'UNOPENED' : 'WHOLE');
    return file;
  }

  /** Everything anew: other footage, or more keys. The instant stays. */
  function begin(): void {
    const { atMs, rate, isMuted } = state.value;
    player?.close();
    player = null;
    const read = footage.value;
    if (read === null || keys.value === null || read.timeline.lanes.length === 0) return;
    const { span } = read.timeline;
    const unplayable = ({ segment }: LaneSegment): void => {
      found(segment, 'UNPLAYABLE');
    };
    player = new ReplayPlayer(span, { open: opened, unplayable }, (next) => (state.value = next));
    generation.value += 1;
    player.setRate(rate);
    player.setMuted(isMuted);
    player.seek(atMs === 0 ? span.fromMs : atMs);
  }

  const verdicts = computed((): ReadonlyMap<Segment, SegmentVerdict> => {
    const read = footage.value;
    const said = new Map<Segment, SegmentVerdict>();
    if (read === null) return said;
    const seals = new Map<number, SealState>();
    const sealOf = (seq: number): SealState => {
      const seal = seals.get(seq) ?? open.value.sealOf(seq).state;
      seals.set(seq, seal);
      return seal;
    };
    for (const lane of read.timeline.lanes)
      for (const { segment, seq } of lane.segments) {
        const file = files.value.get(segment.content) ?? 'UNREAD';
        said.set(segment, verdictOf(read.described.get(segment), file, sealOf(seq)));
      }
    return said;
  });

  /** First the pictures of those who have them, each with its sound. */
  watch(
    lanes,
    (now) => {
      const known = inView.value.filter((key) => now.some((lane) => lane.key === key));
      const pictures = now.filter(({ track }) => track.source !== 'microphone').slice(0, 3);
      const sounds = now.filter(({ track }) => track.source === 'microphone').slice(0, LANES_MAX - pictures.length);
      inView.value = known.length > 0 ? known : [...pictures, ...sounds].map(({ key }) => key);
    },
    { immediate: true },
  );
  function toggle(key: string): void {
    const has = inView.value.includes(key);
    if (!has && inView.value.length >= LANES_MAX) return;
    inView.value = has ? inView.value.filter((one) => one !== key) : [...inView.value, key];
  }

  watch([footage, keys], begin);
  onScopeDispose(() => player?.close());

  return {
    state,
    lanes,
    shown,
    inView,
    verdicts,
    toggle,
    begin,
    fetched,
    generation,
    /** The element of a lane came to the page. Gives what to do when it leaves it. */
    seat: (lane: Lane, element: HTMLMediaElement): (() => void) => {
      const mine = player;
      mine?.add(lane, element);
      return () => mine?.remove(lane.key);
    },
    play: () => player?.play(),
    pause: () => player?.pause(),
    togglePlay: () => (state.value.isPlaying ? player?.pause() : player?.play()),
    seek: (atMs: number) => player?.seek(atMs),
    step: (byMs: number) => player?.seek(state.value.atMs + byMs),
    setRate: (rate: number) => player?.setRate(rate),
    setMuted: (isMuted: boolean) => player?.setMuted(isMuted),
    trouble: computed((): RequestError | null => (state.value.trouble === null ? null : asRequestError(state.value.trouble))),
  };
}

export type Replay = ReturnType<typeof useReplay>;
