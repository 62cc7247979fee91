import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { OpenPdf } from './model/open-pdf.js';
import { folded, foldedPage, type Hit, hitsIn, nextHit, searchOrder, type TextRun } from './model/text-search.js';

/** The search in the document that is open: hits as they are found, page by page. A new text or document ends the one before. */
export function usePageSearch(pdf: () => OpenPdf | null) {
  const query = ref('');
  const hits = shallowRef<readonly Hit[]>([]);
  const now = shallowRef<Hit | null>(null);
  const searched = ref(0);
  /** Pages searched so far had no letter at all: a scan. */
  const isScan = ref(false);
  /** Folded text of the pages of this document that were read. */
  let texts = new Map<number, string>();
  let turn = 0;

  function reset(): void {
    turn += 1;
    hits.value = [];
    now.value = null;
    searched.value = 0;
    isScan.value = false;
  }

  async function textOf({ document, failed }: OpenPdf, page: number): Promise<string> {
    const known = texts.get(page);
    if (known !== undefined) return known;
    const content = await Promise.race([document.getPage(page).then((one) => one.getTextContent()), failed]);
    const text = foldedPage(content.items.filter((item): item is typeof item & TextRun => 'str' in item));
    texts.set(page, text);
    return text;
  }

  /** Searches the whole document, from this page on; resolves with the first hit, or with null when there is none. */
  async function search(text: string, from: number): Promise<Hit | null> {
    reset();
    const mine = turn;
    query.value = folded(text);
    const open = pdf();
    if (open === null || query.value === '') return null;
    let first: Hit | null = null;
    let letters = 0;
    for (const page of searchOrder(open.document.numPages, from)) {
      const content = await textOf(open, page).catch(() => '');
      if (mine !== turn) return null;
      letters += content.length;
      const found = hitsIn(content, query.value).map((_at, index) => ({ page, index }));
      searched.value += 1;
      if (found.length === 0) continue;
      hits.value = [...hits.value, ...found].sort((a, b) => a.page - b.page || a.index - b.index);
      if (first === null) now.value = first = found[0] ?? null;
    }
    isScan.value = letters === 0;
    return first;
  }

  function step(direction: 1 | -1, page: number): Hit | null {
    now.value = nextHit(hits.value, now.value, page, direction);
    return now.value;
  }

  watch(pdf, () => {
    reset();
    query.value = '';
    texts = new Map();
  });
  onScopeDispose(reset);
  return { query, hits, now, searched, isScan, search, step };
}
