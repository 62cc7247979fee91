import { asRequestError, type RequestError } from '@app/client';
import { v7 } from 'uuid';
import { ref, shallowRef, watch } from 'vue';
import type { LotName } from '../../core/lots/api.js';
import { useLot } from '../../core/lots/use-lot.js';
import { localInstant } from '../../utils/monotonic.js';
import { copyOf } from './model/copy.js';
import { EMPTY_DRAFT, type LotDraft } from './model/draft.js';
import { type DraftSource, forgetDraft, keepDraft, keptDrafts, type KeptDraft } from './model/kept-draft.js';
import { useOwner } from './use-draft.js';

/** The drafts of whoever is logged in, in this browser; new ones from nothing or from the notice of a lot. */
export function useDrafts() {
  const owner = useOwner();
  const drafts = shallowRef<readonly KeptDraft[]>([]);
  const problem = shallowRef<RequestError | null>(null);
  const isLoaded = ref(false);
  /** The lot whose notice is being read to be copied. */
  const copied = shallowRef<LotName | null>(null);
  const source = useLot(copied);

  async function load(): Promise<void> {
    if (owner.value === null) return;
    drafts.value = await keptDrafts(owner.value);
    isLoaded.value = true;
  }

  /** Its name, by which its page is opened; null where nobody is logged in or the disk is full. */
  async function create(draft: LotDraft = EMPTY_DRAFT, lot = v7(), source: DraftSource | null = null): Promise<string | null> {
    if (owner.value === null) return null;
    try {
      await keepDraft(owner.value, { lot, draft, document: null, source, changedAt: localInstant() });
      return lot;
    } catch (error) {
      problem.value = asRequestError(error);
      return null;
    }
  }

  async function remove(lot: string): Promise<void> {
    if (owner.value !== null) await forgetDraft(owner.value, lot);
    await load();
  }

  /** Reads the lot as everybody who may see it does, and makes a draft of its notice. */
  function copy(name: LotName): Promise<string | null> {
    problem.value = null;
    copied.value = name;
    return new Promise((resolve) => {
      const stop = watch(
        () => source.value?.problem ?? source.value?.state?.setup.code ?? null,
        (found) => {
          if (found === null || found === '') return;
          queueMicrotask(() => {
            stop();
          });
          const setup = typeof found === 'string' ? source.value?.state?.setup : undefined;
          if (typeof found !== 'string') problem.value = found;
          copied.value = null;
          resolve(setup === undefined ? null : create(copyOf(setup)));
        },
        { immediate: true },
      );
    });
  }

  watch(owner, () => void load(), { immediate: true });
  return { drafts, problem, isLoaded, copied, load, create, remove, copy };
}
