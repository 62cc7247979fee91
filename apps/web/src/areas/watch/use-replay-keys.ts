import { onMounted, onUnmounted, ref } from 'vue';

/** Keys of a replay, by what they do. */
export type ReplayKey = 'play' | 'back' | 'on' | 'secondBack' | 'secondOn' | 'mute' | 'full' | 'next' | 'before' | 'mark' | 'help';
const KEYS: Readonly<Record<string, ReplayKey>> = {
  ' ': 'play',
  ArrowLeft: 'back',
  ArrowRight: 'on',
  ArrowDown: 'secondBack',
  ArrowUp: 'secondOn',
  m: 'mute',
  f: 'full',
  n: 'next',
  b: 'before',
  k: 'mark',
  '?': 'help',
};

/** Where keys write, choose or move something else. */
const BUSY = 'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], [role="slider"]';
const PRESSED = 'button, a, summary, input[type="checkbox"]';

/** Single keys are a help, never the only way, and can be turned off (WCAG 2.1.4). */
export function useReplayKeys(act: (key: ReplayKey) => void) {
  const isOn = ref(true);

  function onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !isOn.value) return;
    const key = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (key === undefined || !(target instanceof Element) || target.closest(BUSY) !== null) return;
    // Space presses what has the focus.
    if (key === 'play' && target.closest(PRESSED) !== null) return;
    event.preventDefault();
    act(key);
  }

  onMounted(() => {
    document.addEventListener('keydown', onKey);
  });
  onUnmounted(() => {
    document.removeEventListener('keydown', onKey);
  });
  return { isOn };
}
