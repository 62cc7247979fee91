import { onScopeDispose, watch, type ComputedRef } from 'vue';
import type { OpenLot } from '../../../core/lots/open-lot.js';

const CHUNK = 8;
const PAUSE_MS = 200;

/** Checks every entry once in the background, newest first, and those again that a newer checkpoint has come to cover. */
export function useBackgroundVerify(lot: ComputedRef<OpenLot>): void {
  let isRunning = false;
  let isOver = false;
  onScopeDispose(() => {
    isOver = true;
  });

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      for (let open = due(); !isOver && open.length > 0; open = due()) {
        await lot.value.verify(open.slice(0, CHUNK));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    } finally {
      isRunning = false;
    }
  }

  /** Entries never checked, and unverified ones that lie under a witnessed checkpoint now and did not when they were checked. */
  function due(): number[] {
    const { size, isWitnessed } = lot.value.head ?? { size: 0, isWitnessed: false };
    const seqs = lot.value.entries.map((entry) => entry.header.seq).reverse();
    return seqs.filter((seq) => {
      const verdict = lot.value.verdicts.get(seq);
      if (verdict === undefined) return true;
      const { checkpoint, inclusion } = verdict.checks;
      return isWitnessed && seq < size && size <= lot.value.entries.length && (checkpoint !== 'pass' || inclusion === 'pending');
    });
  }

  watch([() => lot.value.entries.length, () => lot.value.head?.size, () => lot.value.head?.isWitnessed], () => void run(), {
    immediate: true,
  });
}
