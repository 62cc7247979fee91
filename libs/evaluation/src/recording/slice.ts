import type { Slice } from '../kernel/slice.js';
import { recordingCommands } from './rules.js';
import { initialRecording, recordingEvents } from './state.js';

/** 音视频录制: what each venue has recorded, landed in the log by hash. */
export const recordingSlice: Slice<'recording'> = {
  name: 'recording',
  initial: { recording: initialRecording },
  commands: recordingCommands,
  events: recordingEvents,
};
