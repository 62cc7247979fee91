import { type FileType, type SheetDraft, titleOf } from '@app/bid-making';
import { v4 } from 'uuid';
import { type ComputedRef, onScopeDispose, ref, shallowRef } from 'vue';
import { forgetFile, keepBid, keepFile, type KeptBid, loadBid, loadFile, NOTHING_KEPT } from './model/kept-bid.js';
import type { PartFile } from './model/seal-order.js';
import { forgetSealed } from './model/sealing.js';
import { DeviceError } from './use-busy.js';

/** What this browser keeps of one bid, as it is entered. `key`: whose bid in which lot; null while that is not known. */
export function useDraft(key: ComputedRef<string | null>) {
  const kept = shallowRef<KeptBid>(NOTHING_KEPT);
  const isLoaded = ref(false);
  /** The same bid is open in another window, which has it alone. */
  const isElsewhere = ref(false);
  let letGo: () => void = () => undefined;

  /** Reads what was kept, unless another window has it. */
  async function begin(): Promise<void> {
    const name = key.value;
    if (name === null || isLoaded.value) return;
    await new Promise<void>((resolve) => {
      void navigator.locks.request(`bid ${name}`, { ifAvailable: true }, (lock) => {
        isElsewhere.value = lock === null;
        resolve();
        return lock === null ? undefined : new Promise<void>((released) => (letGo = released));
      });
    });
    if (isElsewhere.value) return;
    // Against being cleared by the browser when the disk runs short; a browser may say no.
    void navigator.storage.persist().catch(() => false);
    kept.value = await loadBid(name);
    isLoaded.value = true;
  }

  async function change(next: Partial<KeptBid>): Promise<void> {
    kept.value = { ...kept.value, ...next };
    if (key.value !== null) await keepBid(key.value, kept.value);
  }

  /** What was sealed is another bid than what is written now. */
  async function edit(next: Pick<Partial<KeptBid>, 'sheet' | 'parts'>): Promise<void> {
    const stale = kept.value.package;
    await change({ ...next, package: null });
    if (stale !== null) await forgetSealed(stale.bid);
  }

  const setSheet = (sheet: SheetDraft): Promise<void> => edit({ sheet });

  async function addFile(type: FileType, file: File): Promise<void> {
    if (key.value === null) return;
    const { factsOfFile } = await import('./model/pdf-in-browser.js');
    const part = { id: v4(), type, title: titleOf(file.name), size: file.size, pdf: await factsOfFile(file) };
    await keepFile(key.value, part.id, file);
    await edit({ parts: [...kept.value.parts, part] });
  }

  async function removePart(id: string): Promise<void> {
    await edit({ parts: kept.value.parts.filter((part) => part.id !== id) });
    if (key.value !== null) await forgetFile(key.value, id);
  }

  /** Leaves nothing of the draft on this machine; what was delivered stands at the venue, and its acts are kept. */
  async function clear(): Promise<void> {
    const { parts } = kept.value;
    await edit({ sheet: NOTHING_KEPT.sheet, parts: [] });
    for (const { id } of parts) if (key.value !== null) await forgetFile(key.value, id);
  }

  /** A file as it was added; null when the browser has lost it. */
  const fileOf = async (id: string): Promise<Blob | null> => (key.value === null ? null : loadFile(key.value, id));

  /** The parts with their bytes. Throws {@link DeviceError} when the browser has lost one. */
  async function partFiles(): Promise<readonly PartFile[]> {
    return Promise.all(
      kept.value.parts.map(async ({ id, type, title }) => {
        const file = await fileOf(id);
        if (file === null) throw new DeviceError('lost');
        return { type, title, file };
      }),
    );
  }

  onScopeDispose(() => {
    letGo();
  });
  return { kept, isLoaded, isElsewhere, begin, change, setSheet, addFile, removePart, clear, fileOf, partFiles };
}
