import { event } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { zLanded } from './events.js';

/** What one venue has recorded of the lot so far: the end of its chain, and sums. */
export interface VenueRecording {
  readonly landings: number;
  /** Hash of the last landing. */
  readonly last: string;
  readonly from: string;
  readonly to: string;
  readonly segments: number;
  readonly gaps: number;
  readonly bytes: number;
}

/** 录制存证, by venue. Empty where nothing was recorded: without media at all, say. */
export interface RecordingState {
  readonly venues: Readonly<Record<string, VenueRecording>>;
}

declare module '../kernel/state.js' {
  interface SliceStates {
    readonly recording: RecordingState;
  }
}

export const initialRecording: RecordingState = { venues: {} };

export const recordingOf = (state: LotState, venue: string): VenueRecording | undefined => own(state.recording.venues, venue);

export const recordingEvents = {
  'recording.landed': event({
    schema: zLanded,
    evolve: (state, { venue, index, landing, from, to, segments, gaps, bytes }) => {
      const before = recordingOf(state, venue);
      const after: VenueRecording = {
        landings: index + 1,
        last: landing,
        from: before === undefined || from < before.from ? from : before.from,
        to: before === undefined || to > before.to ? to : before.to,
        segments: (before?.segments ?? 0) + segments,
        gaps: (before?.gaps ?? 0) + gaps,
        bytes: (before?.bytes ?? 0) + bytes,
      };
      return { ...state, recording: { venues: { ...state.recording.venues, [venue]: after } } };
    },
  }),
} as const;
