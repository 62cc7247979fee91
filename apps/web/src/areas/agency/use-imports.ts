import { asRequestError, type HttpClient, type RequestError } from '@app/client';
import type { ImportedLotRow } from '@app/evaluation';
import { computed, type Ref, ref, shallowRef } from 'vue';
import { fetchImport, fetchImports } from './api.js';
import { importedDraft } from './model/copy.js';
import type { LotDraft } from './model/draft.js';
import type { DraftSource, KeptDraft } from './model/kept-draft.js';

type Make = (draft: LotDraft, lot: string, source: DraftSource) => Promise<string | null>;

/** 上游交易平台导入: lots that wait for my organisation and are no draft of this browser yet. */
export function useImports(http: HttpClient, drafts: Ref<readonly KeptDraft[]>, make: Make) {
  const found = shallowRef<readonly ImportedLotRow[]>([]);
  const next = ref<string | null>(null);
  const problem = shallowRef<RequestError | null>(null);
  const rows = computed(() => found.value.filter(({ lot }) => !drafts.value.some((draft) => draft.lot === lot)));

  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    problem.value = null;
    try {
      return await work();
    } catch (error) {
      problem.value = asRequestError(error);
      return null;
    }
  }
  async function more(after: string | null = null): Promise<void> {
    const page = await attempt(() => fetchImports(http, after));
    if (page === null) return;
    found.value = after === null ? page.items : [...found.value, ...page.items];
    next.value = page.next;
  }
  /** The draft's name is the lot's: whoever of us founds it first has founded it. */
  const open = (lot: string): Promise<string | null> =>
    attempt(async () => {
      const { from, content } = await fetchImport(http, lot);
      const { id, project, tenderer } = content;
      return make(importedDraft(content), lot, { from, id, project, tenderer });
    });

  void more();
  return { rows, next, problem, more, open };
}
