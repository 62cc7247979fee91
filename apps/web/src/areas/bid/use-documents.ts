import { fromBase64Url } from '@app/contracts';
import { computed, type ComputedRef, type Ref, shallowRef } from 'vue';
import { useFileSignatures } from '../../core/file-signature.js';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { downloadToDisk } from '../../core/request/download-to-disk.js';
import { useVenue } from '../../core/request/venue.js';
import { hashOfFile } from '../../utils/hash-file.js';
import { saveFile } from '../../utils/save-file.js';
import { type Desk, download, type Intent } from './model/delivery.js';
import type { KeptBid } from './model/kept-bid.js';
import { documentEnding, ENDING_BYTES } from './model/document-ending.js';
import { tenderDocuments } from './model/tender-documents.js';
import { DeviceError } from './use-busy.js';

/** A file that the bidder has, as it was found on this device. */
interface ImportedDocument {
  readonly name: string;
  readonly hash: string;
  /** Number of the document that it is; null: it is none of this lot's. */
  readonly number: number | null;
}

/** 招标文件 and its amendments: downloaded by whoever wants to bid, each download on the record with a receipt. */
export function useDocuments(
  lot: ComputedRef<OpenLot>,
  kept: Ref<KeptBid>,
  desk: ComputedRef<Desk | null>,
  perform: (intent: Intent) => Promise<void>,
) {
  const { http } = useVenue();
  const { signerOf } = useFileSignatures();
  const documents = computed(() =>
    tenderDocuments(lot.value.state?.setup ?? null, kept.value.acts).map((one) => ({
      ...one,
      /** Null also for a signature that is not good. */
      signer: one.signature === null ? null : signerOf(lot.value.profile, one.hash, one.signature),
    })),
  );
  const imported = shallowRef<ImportedDocument | null>(null);
  const fileName = (number: number): string => {
    const code = lot.value.state?.setup.code ?? '';
    return number === 0 ? code : `${code}-${String(number)}`;
  };

  /**
   * Nothing goes on the record, and nobody gets a file, unless what came is what the notice names. Once it is, the documents may be had again
   * without an act.
   */
  async function fetch(hash: string, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<void> {
    const { state, profile } = lot.value;
    const document = documents.value.find((one) => one.hash === hash);
    if (document === undefined || state === null || desk.value === null) return;
    const came = await downloadToDisk(http, profile, `/api/blobs/${hash}`, onProgress, signal);
    try {
      if (came.hash !== hash) throw new DeviceError('otherDocuments');
      if (document.takenAt === null) await perform(download(hash));
    } catch (error) {
      await came.forget();
      throw error;
    }
    const head = new Uint8Array(await came.file.slice(0, ENDING_BYTES).arrayBuffer());
    saveFile(came.file, `${fileName(document.number)}.${documentEnding(head)}`, 'application/octet-stream');
  }

  /** 导入招标文件: a file that came on another way is one of the lot's documents, byte for byte, or none. Nothing is sent. */
  async function importFile(file: File): Promise<void> {
    const hash = await hashOfFile(lot.value.profile, file);
    imported.value = { name: file.name, hash, number: documents.value.find((one) => one.hash === hash)?.number ?? null };
  }

  /** For programs of others: `openssl cms -verify` takes it beside the document. */
  function saveSignature(number: number): void {
    const signature = documents.value.find((one) => one.number === number)?.signature ?? null;
    if (signature !== null) saveFile(fromBase64Url(signature), `${fileName(number)}.p7s`, 'application/pkcs7-signature');
  }

  return { documents, imported, fetch, importFile, saveSignature };
}
