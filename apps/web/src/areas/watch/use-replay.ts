import { asRequestError, type RequestError } from '@app/client';
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { OpenLot } from '../../core/lots/open-lot.js';
import type { Footage } from './model/footage.js';
import type { SegmentKeys } from './model/segment-keys.js';
import type { Lane } from './model/timeline.js';
import { LANES_MAX, type PlayerState, ReplayPlayer } from './player/replay-player.js';
import { useSegments } from './use-segments.js';

const STILL: PlayerState = { atMs: 0, isPlaying: false, isWaiting: false, rate: 1, isMuted: false, showing: [], trouble: null };

/**
 * Plays the footage that keys are there for, and says of each segment what was found: its file is hashed here before it is opened. Everything that is shown of a
 * replay follows from `state`.
 */
export function useReplay(open: ComputedRef<OpenLot>, footage: ShallowRef<Footage | null>, keys: ShallowRef<SegmentKeys | null>) {
  const segments = useSegments(open, footage, keys);
  const state = shallowRef<PlayerState>(STILL);
  /** Changes with the player: elements that it plays in are made anew. */
  const generation = ref(0);
  let player: ReplayPlayer | null = null;
  const lanes = computed((): readonly Lane[] => footage.value?.timeline.lanes ?? []);
  const { inView, shown, toggle } = useLanesInView(lanes);

  /** Everything anew: other footage, or more keys. The instant stays. */
  function begin(): void {
    const { atMs, rate, isMuted } = state.value;
    player?.close();
    player = null;
    const read = footage.value;
    if (read === null || keys.value === null || read.timeline.lanes.length === 0) return;
    const { span } = read.timeline;
    player = new ReplayPlayer(span, segments, (next) => (state.value = next));
    generation.value += 1;
    player.setRate(rate);
    player.setMuted(isMuted);
    player.seek(atMs === 0 ? span.fromMs : atMs);
  }

  watch([footage, keys], begin);
  onScopeDispose(() => player?.close());

  return {
    state,
    lanes,
    shown,
    inView,
    verdicts: segments.verdicts,
    fetched: segments.fetched,
    toggle,
    generation,
    /** The element of a lane came to the page. Gives what to do when it leaves it. */
    seat: (lane: Lane, element: HTMLMediaElement): (() => void) => {
      const mine = player;
      mine?.add(lane, element);
      return () => mine?.remove(lane.key);
    },
    togglePlay: () => (state.value.isPlaying ? player?.pause() : player?.play()),
    seek: (atMs: number) => player?.seek(atMs),
    step: (byMs: number) => player?.seek(state.value.atMs + byMs),
    setRate: (rate: number) => player?.setRate(rate),
    setMuted: (isMuted: boolean) => player?.setMuted(isMuted),
    trouble: computed((): RequestError | null => (state.value.trouble === null ? null : asRequestError(state.value.trouble))),
  };
}

/** Which lanes are in view: at first the pictures of those who have them, and sounds as far as there is room. */
function useLanesInView(lanes: ComputedRef<readonly Lane[]>) {
  const inView = ref<readonly string[]>([]);
  const shown = computed(() => inView.value.flatMap((key) => lanes.value.find((lane) => lane.key === key) ?? []));
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

  return { inView, shown, toggle };
}

export type Replay = ReturnType<typeof useReplay>;
