import { PackageError, type PackageFault } from '@app/bid-making';
import { asRequestError, type RequestError } from '@app/client';
import { onScopeDispose, ref, shallowRef } from 'vue';
import { SealingError } from './model/sealing.js';

/** Something that takes longer than a moment, and can be ended. `total` is 0 while nobody knows. */
export interface Busy {
  readonly what: 'reading' | 'sealing' | 'taking' | 'uploading' | 'sending' | 'downloading';
  readonly done: number;
  readonly total: number;
}
/** What went wrong on this machine, not at the venue. */
export type DeviceFault =
  'full' | 'sealing' | 'lost' | 'otherKey' | 'otherDocuments' | 'noBidKey' | 'twoFiles' | 'otherCiphertext' | PackageFault;
/** Thrown by what runs in {@link useBusy}. */
export class DeviceError extends Error {
  constructor(readonly fault: DeviceFault) {
    super(fault);
    this.name = 'DeviceError';
  }
}

export type Work = (onProgress: (done: number, total: number) => void, signal: AbortSignal) => Promise<void>;

/** One thing at a time; what went wrong is shown until the next. */
export function useBusy() {
  const busy = shallowRef<Busy | null>(null);
  const problem = shallowRef<RequestError | null>(null);
  const deviceFault = ref<DeviceFault | null>(null);
  let ending = new AbortController();

  async function during(what: Busy['what'], work: Work): Promise<void> {
    if (busy.value !== null) return;
    ending = new AbortController();
    problem.value = null;
    deviceFault.value = null;
    busy.value = { what, done: 0, total: 0 };
    try {
      await work((done, total) => {
        busy.value = { what, done, total };
      }, ending.signal);
    } catch (error) {
      // Who ended it knows why it did not end well.
      if (!ending.signal.aborted) tell(error);
    } finally {
      busy.value = null;
    }
  }

  function tell(error: unknown): void {
    deviceFault.value = faultOf(error);
    if (deviceFault.value === null) problem.value = asRequestError(error);
  }

  const stop = (): void => {
    ending.abort();
  };
  onScopeDispose(stop);
  return { busy, problem, deviceFault, during, tell, stop };
}

function faultOf(error: unknown): DeviceFault | null {
  if (error instanceof DeviceError || error instanceof PackageError) return error.fault;
  if (error instanceof SealingError) return error.isFull ? 'full' : 'sealing';
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : null;
}
