import { computed, onScopeDispose, ref, type ComputedRef } from 'vue';

/** Without a voice each bidder is shown this long. */
const SILENT_MS = 5_000;

/**
 * 自动唱标: one after another, at the pace of the voice, or of the eye where it is off. The voice is the browser's own and stays on this
 * machine; it is off until somebody turns it on.
 */
export function useReadOut(texts: ComputedRef<readonly string[]>, language: ComputedRef<string>) {
  const voice = typeof speechSynthesis === 'undefined' ? null : speechSynthesis;
  const isSpoken = ref(false);
  const isRunning = ref(false);
  /** Which one is read out; null: none. */
  const at = ref<number | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was begun: an ended voice that was stopped meanwhile moves nothing. */
  let turn = 0;

  function hush(): void {
    turn += 1;
    clearTimeout(timer);
    voice?.cancel();
  }

  function say(): void {
    hush();
    const mine = turn;
    const text = at.value === null ? undefined : texts.value[at.value];
    if (text === undefined) return;
    const next = (): void => {
      if (mine === turn && isRunning.value) go(1);
    };
    if (!isSpoken.value || voice === null) {
      if (isRunning.value) timer = setTimeout(next, SILENT_MS);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language.value;
    utterance.onend = next;
    // A machine without a voice goes on all the same.
    utterance.onerror = () => (timer = setTimeout(next, SILENT_MS));
    voice.speak(utterance);
  }

  /** To the next one (1) or back (-1); past the last one it ends. */
  function go(step: 1 | -1): void {
    const next = at.value === null ? 0 : at.value + step;
    if (next >= texts.value.length) stop();
    else {
      at.value = Math.max(0, next);
      say();
    }
  }

  function start(): void {
    isRunning.value = true;
    at.value = null;
    go(1);
  }

  function stop(): void {
    hush();
    isRunning.value = false;
    at.value = null;
  }

  function toggleVoice(): void {
    isSpoken.value = !isSpoken.value && voice !== null;
    if (at.value !== null) say();
  }

  onScopeDispose(hush);
  return { at, isRunning, isSpoken, hasVoice: computed(() => voice !== null), start, stop, go, toggleVoice };
}
export type ReadOut = ReturnType<typeof useReadOut>;
