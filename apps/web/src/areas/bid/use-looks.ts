import { BLIND_TYPE, type Looks } from '@app/bid-making';
import { type ComputedRef, onScopeDispose, shallowRef, watch } from 'vue';
import type { useDraft } from './use-draft.js';

/**
 * How the files of the blind part look, page by page, where the lot has a format for it. Read anew with every visit and kept in memory alone:
 * the format may change with an amendment, and what is compared is the text itself.
 */
export function useLooks(isAsked: ComputedRef<boolean>, { kept, fileOf }: Pick<ReturnType<typeof useDraft>, 'kept' | 'fileOf'>) {
  const looks = shallowRef<Looks>(new Map());
  let isReading = false;
  let isOver = false;
  onScopeDispose(() => {
    isOver = true;
  });

  async function readOn(): Promise<void> {
    if (isReading) return;
    isReading = true;
    try {
      for (let next = unread(); next !== undefined && !isOver; next = unread()) {
        const { id } = next;
        const file = await fileOf(id);
        const { lookOfFile } = await import('./model/pdf-in-browser.js');
        // What the browser has lost is told when it is sealed.
        const look = file === null ? { pages: [], metadata: {} } : await lookOfFile(file);
        looks.value = new Map([...looks.value, [id, look]]);
      }
    } catch {
      // It stays unread, and so the bid unsealed; the next change of the files tries again.
    } finally {
      isReading = false;
    }
  }
  const unread = () =>
    isAsked.value
      ? kept.value.parts.find(({ id, type, pdf }) => type === BLIND_TYPE && pdf.fault === null && !looks.value.has(id))
      : undefined;

  watch([isAsked, () => kept.value.parts], () => void readOn(), { immediate: true });
  return looks;
}
