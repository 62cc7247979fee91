import { faultsOf, type FileType, namesIn } from '@app/bid-making';
import { computed, type ComputedRef } from 'vue';
import { useClockStore } from '../../core/installation/clock.js';
import { useSessionStore } from '../../core/identity/session.js';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useTrustStore } from '../../core/trust/trust.js';
import { delivery, type Intent, objection, question, uploadSealed, withdrawal } from './model/delivery.js';
import { keyOf, stageOf } from './model/kept-bid.js';
import { sealedFile } from './model/sealing.js';
import { useBidActs } from './use-bid-acts.js';
import { DeviceError, useBusy } from './use-busy.js';
import { useDocuments } from './use-documents.js';
import { useDraft } from './use-draft.js';
import { useLooks } from './use-looks.js';
import { useSealing } from './use-sealing.js';

/** One bidder's bid in the page's lot, from the first figure to the receipt. Everything is kept in this browser as it is entered. */
export function useBid(lot: ComputedRef<OpenLot>) {
  const session = useSessionStore();
  const clock = useClockStore();
  const trust = useTrustStore();
  const creditCode = computed(() => session.holder?.certificate.subject.creditCode ?? null);
  const origin = computed(() => lot.value.state?.origin ?? null);
  const key = computed(() => (origin.value === null || creditCode.value === null ? null : keyOf(origin.value, creditCode.value)));

  const { busy, problem, deviceFault, during, tell, stop } = useBusy();
  const draft = useDraft(key);
  const { kept } = draft;
  const sealing = useSealing(lot, draft);
  const { standing, pending, desk, act } = useBidActs(lot, draft);
  const documents = useDocuments(lot, kept, desk, act);
  const looks = useLooks(
    computed(() => lot.value.state?.setup.rules?.blindFormat !== undefined),
    draft,
  );

  const stage = computed(() => stageOf(kept.value));
  const isOpen = computed(() => {
    const { state } = lot.value;
    const deadline = state?.setup.schedule?.deadline;
    return state?.status === 'SUBMISSION_OPEN' && deadline !== undefined && clock.now < Date.parse(deadline);
  });
  const faults = computed(() => {
    const { rules, schedule } = lot.value.state?.setup ?? { rules: null, schedule: null };
    if (rules === null || schedule === null || session.holder === null) return [];
    const { certificate, bidKey } = session.holder;
    const maker = {
      certificateEnds: certificate.notAfter,
      hasBidKey: bidKey !== null,
      isAnchored: trust.state === 'pinned',
      names: namesIn(certificate.subject),
    };
    return faultsOf(kept.value, rules, schedule.deadline, maker, looks.value);
  });
  const isSealable = computed(() => isOpen.value && faults.value.every(({ isHard }) => !isHard) && busy.value === null);

  /** Files that wait to be read; they are read one after the other. */
  let waiting: readonly { readonly type: FileType; readonly file: File }[] = [];
  async function addFile(type: FileType, file: File): Promise<void> {
    if (busy.value !== null && busy.value.what !== 'reading') return;
    waiting = [...waiting, { type, file }];
    await during('reading', async (_onProgress, signal) => {
      for (let [next] = waiting; next !== undefined && !signal.aborted; [next] = waiting) {
        waiting = waiting.slice(1);
        await draft.addFile(next.type, next.file);
      }
      waiting = [];
    });
  }
  /** What is entered is on the disk a moment later; a full disk is told at once. */
  const setSheet = (sheet: Parameters<typeof draft.setSheet>[0]): Promise<void> => draft.setSheet(sheet).catch(tell);

  /** Uploads what is missing and hands the bid in; again after whatever came between. */
  async function deliver(): Promise<void> {
    const sealed = kept.value.package;
    await during('uploading', async (onProgress, signal) => {
      const file = sealed === null ? null : await sealedFile(sealed.bid);
      if (sealed === null || desk.value === null || file?.size !== sealed.size) throw new DeviceError('lost');
      await uploadSealed(desk.value, file, sealed, onProgress, signal);
      await act(delivery(sealed, standing.value));
    });
  }

  async function withdraw(): Promise<void> {
    const bid = standing.value;
    if (bid !== null) await during('sending', () => act(withdrawal(bid)));
  }

  /** 提疑, 异议; whether it was taken. */
  async function say(intent: Intent): Promise<boolean> {
    const before = kept.value.acts.length;
    await during('sending', () => act(intent));
    return kept.value.acts.length > before && pending.value === null;
  }

  return {
    kept,
    isLoaded: draft.isLoaded,
    isElsewhere: draft.isElsewhere,
    begin: (): Promise<void> => draft.begin().catch(tell),
    setSheet,
    addFile,
    removePart: (id: string): Promise<void> => draft.removePart(id).catch(tell),
    clear: (): Promise<void> => draft.clear().catch(tell),
    busy,
    problem,
    deviceFault,
    faults,
    isSealable,
    isOpen,
    stage,
    standing,
    pending,
    desk,
    creditCode,
    /** The notice's and its amendments'. */
    documents: documents.documents,
    fetchDocuments: (hash: string): Promise<void> =>
      during('downloading', (onProgress, signal) => documents.fetch(hash, onProgress, signal)),
    seal: (): Promise<void> => during('sealing', sealing.seal),
    /** A bid that was sealed elsewhere, to be delivered from here. */
    takeSealed: (files: readonly File[]): Promise<void> => during('taking', sealing.take(files)),
    imported: documents.imported,
    importDocument: (file: File): Promise<void> => during('reading', () => documents.importFile(file)),
    saveSignature: documents.saveSignature,
    deliver,
    withdraw,
    ask: (text: string): Promise<boolean> => say(question(text)),
    object: (text: string): Promise<boolean> => say(objection(text)),
    stop,
  };
}
export type Bid = ReturnType<typeof useBid>;
