import type { Segment } from '@app/contracts';
import { fileFault, type SealState } from '@app/verifying';
import { computed, shallowRef, triggerRef, type ComputedRef, type ShallowRef } from 'vue';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { fetchSegment } from './api.js';
import { type FileState, type Footage, type SegmentVerdict, verdictOf } from './model/footage.js';
import type { SegmentKeys } from './model/segment-keys.js';
import type { LaneSegment } from './model/timeline.js';

/** Files of segments: fetched, hashed here, opened by the keys of a look; and what can be said of each by now. */
export function useSegments(open: ComputedRef<OpenLot>, footage: ShallowRef<Footage | null>, keys: ShallowRef<SegmentKeys | null>) {
  const { http } = useVenue();
  const files = shallowRef(new Map<string, FileState>());

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

  async function opening(at: LaneSegment): Promise<Uint8Array<ArrayBuffer> | null> {
    if (keys.value?.has(at.venue, at.segment) !== true) return null;
    const sealed = await fetched(at);
    if (sealed === null) return null;
    const file = await keys.value.open(at.venue, at.segment, sealed);
    found(at.segment, file === null ? 'UNOPENED' : 'WHOLE');
    return file;
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

  return {
    fetched,
    verdicts,
    open: opening,
    unplayable: ({ segment }: LaneSegment): void => {
      found(segment, 'UNPLAYABLE');
    },
  };
}
