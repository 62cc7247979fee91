import type { CryptoProfile } from '@app/sealing';
import { onScopeDispose, ref, shallowRef } from 'vue';
import { useSessionStore } from '../../core/identity/session.js';
import { deskName, EMPTY_DESK, keepDesk, type KeptDesk, loadDesk } from './model/kept-desk.js';

/**
 * How what is written stands: on this device's disk, on its way there, or not (the disk is full, the identity file has no encryption key, or
 * what lies there is another's).
 */
export type Keeping = 'saved' | 'saving' | 'failed' | 'keyless' | 'foreign';

/**
 * A member's desk in one lot as this device keeps it, sealed to his own key. One window has it at a time; the next one waits and then goes on
 * with what the first one kept.
 */
export function useKeptDesk(profile: CryptoProfile, origin: string, party: string) {
  const session = useSessionStore();
  const desk = shallowRef<KeptDesk>(EMPTY_DESK);
  const isLoaded = ref(false);
  const isElsewhere = ref(false);
  const keeping = ref<Keeping>('saved');
  const name = deskName(origin, party);
  const end = new AbortController();
  let letGo: () => void = () => undefined;
  let writing: Promise<void> | null = null;

  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  onScopeDispose(() => {
    end.abort();
    letGo();
  });

  async function begin(): Promise<void> {
    await load();
    isElsewhere.value = false;
    isLoaded.value = true;
    await held;
  }
  async function load(): Promise<void> {
    const key = session.holder?.bidKey ?? null;
    if (key === null) {
      keeping.value = 'keyless';
      return;
    }
    const found = await loadDesk(profile, name, key).catch(() => null);
    if (found === null) keeping.value = 'foreign';
    else desk.value = found;
  }

  async function take(): Promise<void> {
    await navigator.locks.request(`desk ${name}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) isElsewhere.value = true;
      else await begin();
    });
    if (!isElsewhere.value) return;
    // The other window goes, or is killed: this one goes on with what it kept.
    await navigator.locks.request(`desk ${name}`, { signal: end.signal }, begin).catch(() => undefined);
  }

  /** Written at once, and again while it changed meanwhile: a tab that is killed loses nothing that was told as kept. */
  function change(next: Partial<KeptDesk>): void {
    if (!isLoaded.value) return;
    desk.value = { ...desk.value, ...next };
    if (keeping.value === 'keyless' || keeping.value === 'foreign') return;
    keeping.value = 'saving';
    writing ??= write().finally(() => {
      writing = null;
    });
  }
  async function write(): Promise<void> {
    const key = session.holder?.bidKey;
    if (key == null) return;
    for (let kept: KeptDesk | null = null; kept !== desk.value;) {
      kept = desk.value;
      try {
        await keepDesk(profile, name, key, kept);
      } catch {
        keeping.value = 'failed';
        return;
      }
    }
    keeping.value = 'saved';
  }

  const keepSheet = (step: string, sheet: Readonly<Record<string, unknown>>): void => {
    change({ sheets: { ...desk.value.sheets, [step]: sheet } });
  };

  void take();
  return { desk, isLoaded, isElsewhere, keeping, change, keepSheet };
}
