import { asRequestError, RequestError } from '@app/client';
import { canonicalText } from '@app/contracts';
import type { LotState } from '@app/evaluation';
import { issuersOf } from '@app/sealing';
import { computed, ref, shallowRef } from 'vue';
import { loadDocuments, useSigning } from '../../core/documents.js';
import { useSessionStore } from '../../core/identity/session.js';
import { usePageLot } from '../../core/lots/use-lot.js';
import { useTrustStore } from '../../core/trust/trust.js';
import { saveFile } from '../../utils/save-file.js';
import { type RecordSigning, signersOf, type ShownSigner } from './model/record-file.js';

const PDF = 'application/pdf';
/** Larger than any record with its signatures: what is none need not be read. */
const RECORD_FILE_BYTES_MAX = 50_000_000;

/** A file that somebody handed on, as it was found on this device. */
interface ChosenFile {
  readonly name: string;
  /** Null: it is not this record with good signatures alone. */
  readonly signers: readonly ShownSigner[] | null;
  /** What the own signature is appended to; null for a detached signature, and for what is none. */
  readonly pdf: Uint8Array | null;
}

/** 开标记录 as a file: made here from the log, signed here with the key that stays here, and compared with what others hand on. Nothing is sent. */
export function useRecordFile(state: () => LotState) {
  const lot = usePageLot();
  const session = useSessionStore();
  const trust = useTrustStore();
  const signingAs = useSigning();
  const problem = shallowRef<RequestError | null>(null);
  const isBusy = ref(false);
  const chosen = shallowRef<ChosenFile | null>(null);
  const name = computed(() => `opening-record-${state().setup.code}-${String(state().round)}`);

  /** As everybody makes it from this log. */
  async function make() {
    const { documents, font } = await loadDocuments();
    const { profile, entries } = lot.value;
    const record = documents.openingRecordIn(entries);
    if (record === null || profile.hashHex(canonicalText(record)) !== state().opening.record?.hash)
      throw new RequestError('E_DOCUMENT_UNPROVEN', 'the log holds no record with the hash that it names');
    return { documents, profile, pdf: await documents.openingRecordPdf(profile, record, font) };
  }

  async function busy(work: () => Promise<void>): Promise<void> {
    problem.value = null;
    isBusy.value = true;
    try {
      await work();
    } catch (error) {
      problem.value = asRequestError(error);
    } finally {
      isBusy.value = false;
    }
  }

  const save = (): Promise<void> =>
    busy(async () => {
      saveFile((await make()).pdf, `${name.value}.pdf`, PDF);
    });

  const choose = (file: File): Promise<void> =>
    busy(async () => {
      chosen.value = null;
      const { documents, profile, pdf } = await make();
      const bytes = file.size > RECORD_FILE_BYTES_MAX ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
      const read = documents.readSigned(profile, pdf, bytes);
      const roots = trust.pinned?.roots ?? [];
      const isTrusted = (der: string): boolean => issuersOf(profile, der, roots).length > 0;
      const signers = read === null ? null : signersOf(read, documents.signerName, isTrusted);
      chosen.value = { name: file.name, signers, pdf: read?.kind === 'pdf' ? bytes : null };
    });

  /** Appended to the chosen file where there is one, so that the signatures of others stay in it. */
  const sign = (signing: RecordSigning): Promise<void> =>
    busy(async () => {
      const { holder } = session;
      if (holder === null) return;
      const { documents, profile, pdf } = await make();
      const by = signingAs(profile, holder);
      if (signing === 'detached') saveFile(await documents.attestPdf(profile, pdf, by), `${name.value}.p7s`, 'application/pkcs7-signature');
      else {
        const signed = await documents.signPdf(profile, chosen.value?.pdf ?? pdf, { ...by, reason: signing });
        saveFile(signed, `${name.value}-signed.pdf`, PDF);
      }
    });

  return { problem, isBusy, chosen, save, choose, sign };
}
