import type { Track } from '@app/contracts';
import type { types } from 'mediasoup';
import type { Gap, SegmentDraft } from '../tracks/track-recorder.js';

/** What a room is told to do with what comes of a track. */
export interface RoomRecorder {
  readonly nowMs: () => number;
  /** The track begins. */
  started(track: Track): void;
  segment(track: Track, draft: SegmentDraft): void;
  gap(track: Track, gap: Gap): void;
  /** The track has ended: its person ended it, or `WORKER_LOST`. Its last segment was told before. */
  ended(track: Track, reason: 'LEFT' | 'WORKER_LOST'): void;
}

/** What a browser needs to open one side of its line to the room. */
export type TransportOffer = Pick<types.WebRtcTransport, 'id' | 'iceParameters' | 'iceCandidates' | 'dtlsParameters'>;

/** What a browser needs to hear or see one track. */
export interface HeardTrack {
  readonly id: string;
  readonly producerId: string;
  readonly kind: types.MediaKind;
  readonly rtpParameters: types.RtpParameters;
}

export interface RoomEvents {
  /** Who can be heard and seen has changed. */
  onTracks: () => void;
  /** The worker is gone, and every line with it: whoever was here is to join again. */
  onLost: () => void;
}
