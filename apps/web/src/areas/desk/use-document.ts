import type { RequestError } from '@app/client';
import type { ByteSource } from '@app/sealing';
import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { OpenPdf } from './model/open-pdf.js';
import { readFault } from './model/read-fault.js';

/** What is to be read: a name that changes with it, and where its bytes come from. */
export interface Wanted {
  readonly name: string;
  /** What is asked for ends with the signal: nobody waits for the pages of a document that is closed. */
  readonly source: (signal: AbortSignal) => Promise<ByteSource>;
}

/** The document that is wanted now, opened; the one before is closed at once. Null: nothing is. */
export function useDocument(wanted: () => Wanted | null) {
  const pdf = shallowRef<OpenPdf | null>(null);
  const problem = shallowRef<RequestError | null>(null);
  const isLoading = ref(false);
  let turn = 0;
  let end = new AbortController();

  function close(): void {
    turn += 1;
    end.abort();
    end = new AbortController();
    pdf.value?.close();
    pdf.value = null;
  }

  async function open(): Promise<void> {
    close();
    const mine = turn;
    problem.value = null;
    const what = wanted();
    isLoading.value = what !== null;
    if (what === null) return;
    try {
      const { openPdf } = await import('./model/open-pdf.js');
      const opened = await openPdf(await what.source(end.signal));
      if (mine !== turn) {
        opened.close();
        return;
      }
      pdf.value = opened;
      opened.failed.catch((error: unknown) => {
        fail(mine, error);
      });
    } catch (error) {
      fail(mine, error);
    } finally {
      if (mine === turn) isLoading.value = false;
    }
  }

  function fail(mine: number, error: unknown): void {
    if (mine !== turn) return;
    close();
    isLoading.value = false;
    problem.value = readFault(error);
  }

  watch(() => wanted()?.name ?? null, open, { immediate: true });
  onScopeDispose(close);
  return { pdf, problem, isLoading, retry: open };
}
