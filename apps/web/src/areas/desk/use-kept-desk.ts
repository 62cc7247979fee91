import type { HttpClient } from '@app/client';
import type { CryptoProfile } from '@app/sealing';
import { onScopeDispose, ref, shallowRef } from 'vue';
import { useSessionStore } from '../../core/identity/session.js';
import { useClockStore } from '../../core/installation/clock.js';
import type { LotName } from '../../core/lots/api.js';
import { useVenue } from '../../core/request/venue.js';
import { deskName, EMPTY_DESK, keepHere, keepThere, type KeptDesk, loadHere, loadThere } from './model/kept-desk.js';

/**
 * How what is written stands: at the venue, on this device's disk, on its way there, or not (the disk is full, the identity file has no
 * encryption key, or what lies there is another's).
 */
export type Keeping = 'saved' | 'here' | 'saving' | 'failed' | 'keyless' | 'foreign';

/** What is on the disk goes to the venue this long after, many changes as one; and again after this long when the venue did not take it. */
const SEND_MS = 1_000;
const SEND_AGAIN_MS = 5_000;

/**
 * A member's desk in one lot as this device and the venue of the seat keep it, sealed to his own key; of the two the newer one counts. One
 * window has it at a time; the next one waits and then goes on with what the first one kept.
 */
export function useKeptDesk(profile: CryptoProfile, lot: LotName, origin: string, party: string) {
  const { http } = useVenue();
  const clock = useClockStore();
  const session = useSessionStore();
  const desk = shallowRef<KeptDesk>(EMPTY_DESK);
  const isLoaded = ref(false);
  const keeping = ref<Keeping>('saved');
  const name = deskName(origin, party);
  const copy = copyAtVenue(http, lot, () => {
    if (keeping.value === 'here') keeping.value = 'saved';
  });
  let writing: Promise<void> | null = null;

  async function load(): Promise<void> {
    const key = session.holder?.bidKey ?? null;
    if (key === null) {
      keeping.value = 'keyless';
      return;
    }
    const [here, there] = await Promise.all([loadHere(profile, name, key).catch(() => null), loadThere(http, profile, lot, key)]);
    if (here === null) {
      keeping.value = 'foreign';
      return;
    }
    const isOurs = there !== null && there.party === party;
    desk.value = isOurs && there.at > here.at ? there : here;
    // What one of the two lacks it gets now.
    if (desk.value.at > 0 && (!isOurs || here.at !== there.at)) save();
  }

  function change(next: Partial<KeptDesk>): void {
    if (!isLoaded.value) return;
    desk.value = { ...desk.value, ...next, party, at: Math.max(clock.now, desk.value.at + 1) };
    if (keeping.value !== 'keyless' && keeping.value !== 'foreign') save();
  }

  /** Written at once, and again while it changed meanwhile: a tab that is killed loses nothing that was told as kept. */
  function save(): void {
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
        copy.offer(await keepHere(profile, name, key, kept));
      } catch {
        keeping.value = 'failed';
        return;
      }
    }
    keeping.value = 'here';
  }

  const keepSheet = (step: string, sheet: Readonly<Record<string, unknown>>): void => {
    change({ sheets: { ...desk.value.sheets, [step]: sheet } });
  };
  const isElsewhere = useOneWindow(`desk ${name}`, async () => {
    await load();
    isLoaded.value = true;
  });
  onScopeDispose(copy.end);
  return { desk, isLoaded, isElsewhere, keeping, change, keepSheet };
}

/** Sends the newest of what is offered to the venue, until it is taken; `taken` is told when nothing newer waits. */
function copyAtVenue(http: HttpClient, lot: LotName, taken: () => void): { offer: (sealed: Uint8Array) => void; end: () => void } {
  let newest: Uint8Array | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isOver = false;

  async function send(): Promise<void> {
    const sent = newest;
    if (sent === null) return;
    try {
      await keepThere(http, lot, sent);
      if (sent === newest) {
        newest = null;
        taken();
      }
    } catch {
      soon(SEND_AGAIN_MS);
    }
  }
  function soon(pause: number): void {
    if (isOver) return;
    timer ??= setTimeout(() => {
      timer = null;
      void send();
    }, pause);
  }
  return {
    offer: (sealed) => {
      newest = sealed;
      soon(SEND_MS);
    },
    // The last change goes with the page: it is on the disk, and the venue has it, too, if it takes it.
    end: () => {
      if (timer !== null) clearTimeout(timer);
      isOver = true;
      void send();
    },
  };
}

/**
 * Does something in one window at a time, until the component goes. True while another window has the name: this one waits, and begins when that one
 * is closed or killed.
 */
function useOneWindow(name: string, begin: () => Promise<void>) {
  const isElsewhere = ref(false);
  const end = new AbortController();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  onScopeDispose(() => {
    end.abort();
    letGo();
  });
  const have = async (): Promise<void> => {
    await begin();
    isElsewhere.value = false;
    await held;
  };
  void (async () => {
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) isElsewhere.value = true;
      else await have();
    });
    if (isElsewhere.value) await navigator.locks.request(name, { signal: end.signal }, have).catch(() => undefined);
  })();
  return isElsewhere;
}
