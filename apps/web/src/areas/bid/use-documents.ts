import { computed, type ComputedRef, type Ref } from 'vue';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { useVenue } from '../../core/request/venue.js';
import { saveFile } from '../../utils/save-file.js';
import { type Desk, download, type Intent } from './model/delivery.js';
import type { KeptBid } from './model/kept-bid.js';
import { documentEnding } from './model/document-ending.js';
import { DeviceError } from './use-busy.js';

/** Documents come whole, over a line that may be slow. */
const DOCUMENTS_MS_MAX = 10 * 60_000;

/** 招标文件: downloaded by whoever wants to bid, and the download on the record with a receipt. */
export function useDocuments(
  lot: ComputedRef<OpenLot>,
  kept: Ref<KeptBid>,
  desk: ComputedRef<Desk | null>,
  perform: (intent: Intent) => Promise<void>,
) {
  const { http } = useVenue();
  const hash = computed(() => lot.value.state?.setup.documentPackage ?? null);
  /** The download of these very documents that was answered. */
  const act = computed(
    () => kept.value.acts.find(({ type, about, at }) => type === 'bidding.download' && about === hash.value && at !== null) ?? null,
  );

  /** Nothing goes on the record unless what came is what the notice names. Once it is, the documents may be had again without an act. */
  async function fetch(): Promise<void> {
    const { state, profile } = lot.value;
    if (hash.value === null || state === null || desk.value === null) return;
    const bytes = await http.download(`/api/blobs/${hash.value}`, DOCUMENTS_MS_MAX);
    if (profile.hashHex(bytes) !== hash.value) throw new DeviceError('otherDocuments');
    if (act.value === null) await perform(download(hash.value));
    saveFile(bytes, `${state.setup.code}.${documentEnding(bytes)}`, 'application/octet-stream');
  }

  return { act, fetch };
}
