import { watch } from 'vue';
import { useLotStore } from '../../../core/lots/lot.js';

const CHUNK = 8;
const PAUSE_MS = 200;

/** Checks every entry once in the background, newest first, and those again that a newer checkpoint has come to cover. */
export function useBackgroundVerify(): void {
  const store = useLotStore();
  let isRunning = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      for (let open = due(); open.length > 0; open = due()) {
        await store.verify(open.slice(0, CHUNK));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    } finally {
      isRunning = false;
    }
  }

  /** Entries never checked, and unverified ones that lie under a witnessed checkpoint now and did not when they were checked. */
  function due(): number[] {
    const { size, isWitnessed } = store.head ?? { size: 0, isWitnessed: false };
    const seqs = store.entries.map((entry) => entry.header.seq).reverse();
    return seqs.filter((seq) => {
      const verdict = store.verdicts.get(seq);
      if (verdict === undefined) return true;
      const { checkpoint, inclusion } = verdict.checks;
      return isWitnessed && seq < size && size <= store.entries.length && (checkpoint !== 'pass' || inclusion === 'pending');
    });
  }

  watch([() => store.entries.length, () => store.head?.size, () => store.head?.isWitnessed], () => void run(), { immediate: true });
}
