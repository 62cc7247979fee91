import { BIDS_PURPOSE, unwrapOnDevice } from '@app/sealing';
import { keeperPlan } from '@app/evaluation';
import { v7 } from 'uuid';
import { computed, type ComputedRef } from 'vue';
import { useClockStore } from '../../core/installation/clock.js';
import { useSessionStore } from '../../core/identity/session.js';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useTrustStore } from '../../core/trust/trust.js';
import { provenKeys } from '../../core/verify/proven-keys.js';
import { localInstant } from '../../utils/monotonic.js';
import { delivery, question, uploadSealed, withdrawal } from './model/delivery.js';
import type { FileType } from './model/draft.js';
import { keyOf, stageOf } from './model/kept-bid.js';
import { faultsOf } from './model/preflight.js';
import { forgetSealed, sealedFile, sealInWorker } from './model/sealing.js';
import { openingSheetOf } from './model/sheet.js';
import { useBidActs } from './use-bid-acts.js';
import { DeviceError, useBusy } from './use-busy.js';
import { useDocuments } from './use-documents.js';
import { useDraft } from './use-draft.js';

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
  const { kept, change } = draft;
  const { standing, pending, desk, act } = useBidActs(lot, draft);
  const documents = useDocuments(lot, kept, desk, act);

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
    const maker = { certificateEnds: certificate.notAfter, hasBidKey: bidKey !== null, isAnchored: trust.state === 'pinned' };
    return faultsOf(kept.value, rules, schedule.deadline, maker);
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

  /** Seals to the keys of the keepers, each out of an entry that this device has judged. */
  async function seal(): Promise<void> {
    const { state, profile } = lot.value;
    const bidKey = session.holder?.bidKey ?? null;
    const bidder = creditCode.value;
    if (state === null || bidKey === null || bidder === null) return;
    await during('sealing', async (onProgress, signal) => {
      await lot.value.judged();
      const { parties, threshold } = keeperPlan(state, BIDS_PURPOSE);
      const keepers = provenKeys(lot.value, BIDS_PURPOSE, parties);
      const bid = v7();
      const request = { origin: state.origin, bidder, bid, encryptionPublicKey: bidKey.publicKey, keepers, threshold };
      const order = {
        profile: profile.id,
        request,
        sheet: openingSheetOf(kept.value.sheet),
        parts: await draft.partFiles(),
        file: bid,
      };
      const { sealed, size } = await sealInWorker(order, onProgress, signal);
      // 试解密: the key on this machine opens what was sealed here, before anything leaves it.
      if ((await unwrapOnDevice(profile, sealed.innerHeader, bidKey.key, bidKey.publicKey)) === null) {
        await forgetSealed(bid);
        throw new DeviceError('otherKey');
      }
      await change({ package: { bid, sealed, size, at: localInstant() } });
    });
  }

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

  /** 提疑; whether it was taken. */
  async function ask(text: string): Promise<boolean> {
    const before = kept.value.acts.length;
    await during('sending', () => act(question(text)));
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
    fetchDocuments: (hash: string): Promise<void> => during('downloading', () => documents.fetch(hash)),
    imported: documents.imported,
    importDocument: (file: File): Promise<void> => during('reading', () => documents.importFile(file)),
    saveSignature: documents.saveSignature,
    seal,
    deliver,
    withdraw,
    ask,
    stop,
  };
}
export type Bid = ReturnType<typeof useBid>;
