import { onMounted, onUnmounted, ref } from 'vue';

/** Keys of the hall, by what they do. */
export type HallKey = 'help' | 'big' | 'voice' | 'act' | 'next' | 'back' | 'leave';
const KEYS: Readonly<Record<string, HallKey>> = {
  '?': 'help',
  m: 'big',
  s: 'voice',
  d: 'act',
  ArrowRight: 'next',
  ArrowLeft: 'back',
  Escape: 'leave',
};

/** Where keys write or move something else. */
const BUSY = 'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], .gp-scroll';

/**
 * Single keys are a help, never the only way, and can be turned off (WCAG 2.1.4). `act` says whether it did something; then the page keeps
 * the key.
 */
export function useHallKeys(act: (key: HallKey) => boolean) {
  const isOn = ref(true);

  function onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const key = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (key === undefined || (!isOn.value && key !== 'leave')) return;
    if (target instanceof Element && target.closest(BUSY) !== null) return;
    if (act(key)) event.preventDefault();
  }

  onMounted(() => {
    document.addEventListener('keydown', onKey);
  });
  onUnmounted(() => {
    document.removeEventListener('keydown', onKey);
  });
  return { isOn };
}
