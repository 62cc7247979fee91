import { type OpeningForm, zOpeningForm } from '@app/evaluation';
import { inStore } from '../../../core/device-store.js';

/** 开标记录模板 of one person's in this browser, by the name that he gave it. */
export interface KeptForm {
  readonly name: string;
  readonly form: OpeningForm;
}

const STORE = 'lot-drafts';
/** Drafts begin with their owner; nobody is called so. */
const keyOf = (owner: string, name: string): string => `form ${owner} ${name}`;

/** In the order of their names. */
export async function keptForms(owner: string): Promise<readonly KeptForm[]> {
  const range = IDBKeyRange.bound(keyOf(owner, ''), keyOf(owner, '\uffff'));
  const kept = await inStore<KeptForm[]>(STORE, 'readonly', (store) => store.getAll(range) as IDBRequest<KeptForm[]>);
  // What another version kept may have another form.
  return kept.filter(({ form }) => zOpeningForm.safeParse(form).success);
}

/** In the place of one with the same name. Rejects when the disk is full. */
export const keepForm = async (owner: string, kept: KeptForm): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.put(kept, keyOf(owner, kept.name)));
};
export const forgetForm = async (owner: string, name: string): Promise<void> => {
  await inStore(STORE, 'readwrite', (store) => store.delete(keyOf(owner, name)));
};
