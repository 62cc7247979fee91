import type { ImportedLot } from '@app/evaluation';
import { inStore } from '../../../core/device-store.js';
import { EMPTY_DRAFT, type LotDraft } from './draft.js';
import type { DraftDocument } from './faults.js';

export type DraftSource = Pick<ImportedLot, 'from'> & Pick<ImportedLot['content'], 'id' | 'project' | 'tenderer'>;

/** A lot that is being written, as this browser keeps it. */
export interface KeptDraft {
  /** Name that the lot will have for ever. */
  readonly lot: string;
  readonly draft: LotDraft;
  readonly document: DraftDocument | null;
  /** Which upstream trading platform handed it over, and what it said of the project; null: nobody did. */
  readonly source: DraftSource | null;
  /** Wire instant of the last change. */
  readonly changedAt: string;
}

const STORE = 'lot-drafts';
/** Whose draft: another person at this browser does not see it. */
const keyOf = (owner: string, lot: string): string => `${owner} ${lot}`;
const fileAt = (owner: string, lot: string): string => `document ${keyOf(owner, lot)}`;

/** All drafts of this person here, the last changed first. */
export async function keptDrafts(owner: string): Promise<readonly KeptDraft[]> {
  const range = IDBKeyRange.bound(`${owner} `, `${owner} \uffff`);
  const kept = await inStore<KeptDraft[]>(STORE, 'readonly', (store) => store.getAll(range) as IDBRequest<KeptDraft[]>);
  return kept.map(whole).sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
}

export async function loadDraft(owner: string, lot: string): Promise<KeptDraft | null> {
  const kept = await inStore<KeptDraft | undefined>(
    STORE,
    'readonly',
    (store) => store.get(keyOf(owner, lot)) as IDBRequest<KeptDraft | undefined>,
  );
  return kept === undefined ? null : whole(kept);
}

/** What an earlier version kept lacks newer fields. */
const whole = (kept: KeptDraft): KeptDraft => ({
  ...kept,
  source: kept.source ?? null,
  draft: { ...EMPTY_DRAFT, ...kept.draft, price: { ...EMPTY_DRAFT.price, ...kept.draft.price } },
});

/** Rejects when the disk is full; what was kept before stays. */
export const keepDraft = async (owner: string, kept: KeptDraft): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(kept, keyOf(owner, kept.lot)));
};
export const keepDocument = async (owner: string, lot: string, file: Blob): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(file, fileAt(owner, lot)));
};
/** Null when the browser has lost it. */
export const loadDocument = async (owner: string, lot: string): Promise<Blob | null> =>
  (await inStore<Blob | undefined>(STORE, 'readonly', (store) => store.get(fileAt(owner, lot)) as IDBRequest<Blob | undefined>)) ?? null;
export async function forgetDraft(owner: string, lot: string): Promise<void> {
  for (const key of [keyOf(owner, lot), fileAt(owner, lot)]) await inStore(STORE, 'readwrite', (store) => store.delete(key));
}
