import { asRequestError, type RequestError } from '@app/client';
import type { Right } from '@app/contracts';
import { computed, onMounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { holds } from '../../../core/identity/rights.js';
import { useSessionStore } from '../../../core/identity/session.js';
import { useVenue } from '../../../core/request/venue.js';
import { RegistryApi } from '../api.js';
import { FIRST_PAGE, keyOf, turned, turnedBack, type KeyPages } from '../model/key-pages.js';

/** The registry of this venue, and whether whoever is here holds a right. */
export function useRegistry(): { readonly api: RegistryApi; readonly may: (right: Right) => boolean } {
  const session = useSessionStore();
  return { api: new RegistryApi(useVenue().http), may: (right) => holds(session.session, right) };
}

export interface Attempt {
  readonly isBusy: ShallowRef<boolean>;
  readonly problem: ShallowRef<RequestError | null>;
  /** Does it unless one is going on; false when it failed. */
  run(work: () => Promise<unknown>): Promise<boolean>;
}

/** One thing at a time, and why it was not done. */
export function useAttempt(): Attempt {
  const isBusy = shallowRef(false);
  const problem = shallowRef<RequestError | null>(null);
  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      problem.value = asRequestError(error);
      return false;
    } finally {
      isBusy.value = false;
    }
  }
  return { isBusy, problem, run };
}

export interface Pages<T> {
  readonly items: ShallowRef<readonly T[] | null>;
  readonly problem: ShallowRef<RequestError | null>;
  readonly isBusy: ShallowRef<boolean>;
  readonly pages: ShallowRef<KeyPages>;
  readonly hasNext: ComputedRef<boolean>;
  /** The page that is shown, read again. */
  reload(): Promise<void>;
  /** The first page. */
  restart(): Promise<void>;
  forward(): Promise<void>;
  back(): Promise<void>;
}

/** A list by key, one page of it. Of two readings under way the later one is shown. */
export function usePages<T>(read: (after: string | null) => Promise<{ items: T[]; next: string | null }>): Pages<T> {
  const items = shallowRef<readonly T[] | null>(null);
  const next = shallowRef<string | null>(null);
  const pages = shallowRef<KeyPages>(FIRST_PAGE);
  const problem = shallowRef<RequestError | null>(null);
  const isBusy = shallowRef(false);
  let asked = 0;

  async function show(wanted: KeyPages): Promise<void> {
    const number = ++asked;
    isBusy.value = true;
    try {
      const page = await read(keyOf(wanted));
      if (number !== asked) return;
      items.value = page.items;
      next.value = page.next;
      pages.value = wanted;
      problem.value = null;
    } catch (error) {
      if (number === asked) problem.value = asRequestError(error);
    } finally {
      if (number === asked) isBusy.value = false;
    }
  }
  onMounted(() => void show(FIRST_PAGE));
  return {
    items,
    problem,
    isBusy,
    pages,
    hasNext: computed(() => next.value !== null),
    reload: () => show(pages.value),
    restart: () => show(FIRST_PAGE),
    forward: () => show(turned(pages.value, next.value)),
    back: () => show(turnedBack(pages.value)),
  };
}
