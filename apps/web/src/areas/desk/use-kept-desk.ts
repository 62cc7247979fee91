import type { CryptoProfile } from '@app/sealing';
import { onScopeDispose, ref, type Ref, shallowRef } from 'vue';
import { useSessionStore } from '../../core/identity/session.js';
import { useClockStore } from '../../core/installation/clock.js';
import type { LotName } from '../../core/lots/api.js';
import { useVenue } from '../../core/request/venue.js';
import { deskAtVenue, deskName, EMPTY_DESK, keepHere, type KeptDesk, laterAt, loadHere, reconciled } from './model/kept-desk.js';
import { VenueCopy } from './model/venue-copy.js';

/**
 * How what is written stands: at the venue, on this device's disk and on its way there, on this device only (the venue does not take it), on its way
 * to the disk, or not kept (the disk is full, the identity file has no encryption key, or what lies there is another's).
 */
export type Keeping = 'saved' | 'here' | 'refused' | 'saving' | 'failed' | 'keyless' | 'foreign';

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
  /** Grows when what is shown was changed at another seat: whoever shows it reads it anew. */
  const revision = ref(0);
  const keeping = ref<Keeping>('saved');
  const name = deskName(origin, party);
  /** What this device had at the beginning, and what it has in common with the venue; null until the venue has said what it has. */
  let loaded = EMPTY_DESK;
  let base: KeptDesk | null = null;
  let offered = EMPTY_DESK;
  let copy: VenueCopy | null = null;

  async function load(): Promise<void> {
    const key = session.holder?.bidKey ?? null;
    if (key === null) {
      keeping.value = 'keyless';
      return;
    }
    const here = await loadHere(profile, name, key).catch(() => null);
    if (here === null) {
      keeping.value = 'foreign';
      return;
    }
    desk.value = loaded = here;
    copy = new VenueCopy(deskAtVenue(http, profile, lot, party, key), { found, taken, refused });
    await copy.begin();
  }

  function found(atVenue: KeptDesk): void {
    // Whoever runs the venue could seal something to this key, too.
    const there = atVenue.party === party ? atVenue : EMPTY_DESK;
    const here = desk.value;
    desk.value = reconciled(base, loaded, here, there, clock.now);
    base = there;
    if (desk.value !== here) revision.value += 1;
    // What one of the two lacks it gets now.
    if (desk.value.at > 0 && (desk.value.at !== here.at || desk.value.at !== there.at)) save();
  }
  function taken(): void {
    base = offered;
    if (keeping.value === 'here') keeping.value = 'saved';
  }
  function refused(): void {
    if (keeping.value === 'here' || keeping.value === 'saved') keeping.value = 'refused';
  }

  function change(next: Partial<KeptDesk>): void {
    if (!isLoaded.value) return;
    // What is written before the venue has said what it has is no newer than that.
    const at = base === null ? desk.value.at + 1 : laterAt(clock.now, desk.value.at);
    desk.value = { ...desk.value, ...next, party, at };
    if (keeping.value !== 'keyless' && keeping.value !== 'foreign') save();
  }

  const save = whileItChanges(desk, {
    write: async (kept) => {
      const key = session.holder?.bidKey;
      if (key == null) throw new Error('the session has ended');
      const sealed = await keepHere(profile, name, key, kept);
      offered = kept;
      copy?.offer(sealed, kept.at);
    },
    tell: (now) => (keeping.value = now === 'here' && copy?.isStopped === true ? 'refused' : now),
  });

  const keepSheet = (step: string, sheet: Readonly<Record<string, unknown>>): void => {
    change({ sheets: { ...desk.value.sheets, [step]: sheet } });
  };
  const isElsewhere = useOneWindow(`desk ${name}`, async () => {
    await load();
    isLoaded.value = true;
  });
  onScopeDispose(() => copy?.end());
  return { desk, isLoaded, revision, isElsewhere, keeping, change, keepSheet };
}

/** Writes at once, and again while it changed meanwhile: a tab that is killed loses nothing that was told as kept. */
function whileItChanges(
  desk: Readonly<Ref<KeptDesk>>,
  to: { readonly write: (kept: KeptDesk) => Promise<void>; readonly tell: (keeping: 'saving' | 'here' | 'failed') => void },
): () => void {
  let writing: Promise<void> | null = null;
  async function write(): Promise<void> {
    try {
      for (let kept: KeptDesk | null = null; kept !== desk.value;) {
        kept = desk.value;
        await to.write(kept);
      }
      to.tell('here');
    } catch {
      to.tell('failed');
    }
  }
  return () => {
    to.tell('saving');
    writing ??= write().finally(() => {
      writing = null;
    });
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
