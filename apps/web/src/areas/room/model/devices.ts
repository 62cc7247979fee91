const CHOICE = 'gongping.devices';

/** Which camera and microphone somebody chose at this seat; empty: the browser's own choice. */
export interface DeviceChoice {
  readonly camera: string;
  readonly microphone: string;
}
const NONE: DeviceChoice = { camera: '', microphone: '' };

export function readChoice(storage: Pick<Storage, 'getItem'> = localStorage): DeviceChoice {
  try {
    const kept: unknown = JSON.parse(storage.getItem(CHOICE) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return NONE;
    const text = (name: string): string =>
      name in kept && typeof Reflect.get(kept, name) === 'string' ? String(Reflect.get(kept, name)) : '';
    return { camera: text('camera'), microphone: text('microphone') };
  } catch {
    // What a browser was made to forget, or kept by half, is no choice.
    return NONE;
  }
}

export const keepChoice = (choice: DeviceChoice, storage: Pick<Storage, 'setItem'> = localStorage): void => {
  storage.setItem(CHOICE, JSON.stringify(choice));
};

/** What the browser is asked for. A device that is gone is no obstacle: another is taken. */
export const wishOf = ({ camera, microphone }: DeviceChoice): MediaStreamConstraints => ({
  video: {
    ...(camera === '' ? {} : { deviceId: camera }),
    width: { ideal: 1_280 },
    height: { ideal: 720 },
    frameRate: { ideal: 25, max: 30 },
  },
  audio: { ...(microphone === '' ? {} : { deviceId: microphone }), echoCancellation: true, noiseSuppression: true, autoGainControl: true },
});

/** Loudness of a piece of sound, 0 to 1. `samples`: as an AnalyserNode gives them, around 128. */
export function levelOf(samples: Uint8Array): number {
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample - 128)), 0);
  return Math.min(1, peak / 64);
}
