import { asRequestError, type RequestError } from '@app/client';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { useSessionStore } from '../../core/identity/session.js';
import { localInstant } from '../../utils/monotonic.js';
import { documentOf } from './document-of.js';
import type { Patch } from './model/draft.js';
import { keepDocument, keepDraft, type KeptDraft, loadDocument, loadDraft } from './model/kept-draft.js';

/** Whose drafts are kept here: those of the certificate that is logged in. */
export function useOwner() {
  const session = useSessionStore();
  return computed(() => session.holder?.certificate.fingerprint ?? null);
}

/** One draft of this browser, written to the disk with every change. */
export function useDraft(lot: string) {
  const owner = useOwner();
  const kept = shallowRef<KeptDraft | null>(null);
  const isLoaded = ref(false);
  /** The same draft is open in another window, which has it alone. */
  const isElsewhere = ref(false);
  const isReading = ref(false);
  const isFull = ref(false);
  const problem = shallowRef<RequestError | null>(null);
  let letGo: () => void = () => undefined;

  async function begin(): Promise<void> {
    const whose = owner.value;
    if (whose === null || isLoaded.value) return;
    await new Promise<void>((resolve) => {
      void navigator.locks.request(`founding ${whose} ${lot}`, { ifAvailable: true }, (lock) => {
        isElsewhere.value = lock === null;
        resolve();
        return lock === null ? undefined : new Promise<void>((released) => (letGo = released));
      });
    });
    if (!isElsewhere.value) kept.value = await loadDraft(whose, lot);
    isLoaded.value = true;
  }

  async function keep(next: Partial<KeptDraft>): Promise<void> {
    if (kept.value === null || owner.value === null) return;
    kept.value = { ...kept.value, ...next, changedAt: localInstant() };
    try {
      await keepDraft(owner.value, kept.value);
      isFull.value = false;
    } catch (error) {
      isFull.value = true;
      problem.value = asRequestError(error);
    }
  }
  const change = (patch: Patch): void => {
    if (kept.value !== null) void keep({ draft: { ...kept.value.draft, ...patch } });
  };

  /** The tender document: opened as a reader will open it, hashed, and kept beside the draft. */
  async function setDocument(file: File): Promise<void> {
    if (owner.value === null || isReading.value) return;
    isReading.value = true;
    try {
      const document = await documentOf(file);
      await keepDocument(owner.value, lot, file);
      await keep({ document });
    } catch (error) {
      isFull.value = true;
      problem.value = asRequestError(error);
    } finally {
      isReading.value = false;
    }
  }
  const documentFile = async (): Promise<Blob | null> => (owner.value === null ? null : loadDocument(owner.value, lot));

  onScopeDispose(() => {
    letGo();
  });
  return { kept, isLoaded, isElsewhere, isReading, isFull, problem, begin, change, setDocument, documentFile };
}
