import { computed, type ComputedRef, type Ref } from 'vue';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { saveFile } from '../../utils/save-file.js';
import { type Desk, download, type Intent } from './model/delivery.js';
import type { KeptBid } from './model/kept-bid.js';
import { documentEnding } from './model/document-ending.js';
import { tenderDocuments } from './model/tender-documents.js';
import { DeviceError } from './use-busy.js';

/** Documents come whole, over a line that may be slow. */
const DOCUMENTS_MS_MAX = 10 * 60_000;

/** 招标文件 and its amendments: downloaded by whoever wants to bid, each download on the record with a receipt. */
export function useDocuments(
  lot: ComputedRef<OpenLot>,
  kept: Ref<KeptBid>,
  desk: ComputedRef<Desk | null>,
  perform: (intent: Intent) => Promise<void>,
) {
  const { http } = useVenue();
  const documents = computed(() => tenderDocuments(lot.value.state?.setup ?? null, kept.value.acts));

  /** Nothing goes on the record unless what came is what the notice names. Once it is, the documents may be had again without an act. */
  async function fetch(hash: string): Promise<void> {
    const { state, profile } = lot.value;
    const document = documents.value.find((one) => one.hash === hash);
    if (document === undefined || state === null || desk.value === null) return;
    const bytes = await http.download(`/api/blobs/${hash}`, DOCUMENTS_MS_MAX);
    if (profile.hashHex(bytes) !== hash) throw new DeviceError('otherDocuments');
    if (document.takenAt === null) await perform(download(hash));
    const part = document.number === 0 ? '' : `-${String(document.number)}`;
    saveFile(bytes, `${state.setup.code}${part}.${documentEnding(bytes)}`, 'application/octet-stream');
  }

  return { documents, fetch };
}
