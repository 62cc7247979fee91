import type { NodePut, OrganisationPut, PersonPut, RegisteredNode } from '@app/contracts';
import { zName, zNodePut, zOrganisationPut, zPersonPut } from '@app/contracts';
import type { z } from 'zod';

/** What is being written in a dialog; `id` is fixed once the record is there. `basis`: the version it was read at, null for a new one. */
export interface PersonDraft {
  id: string;
  name: string;
  organisation: string;
  basis: number | null;
}
export interface OrganisationDraft {
  id: string;
  name: string;
  creditCode: string;
  basis: number | null;
}
export type NodeDraft = Omit<NodePut, 'witnessKey'> & { id: string; witnessKey: string };

/** What may be sent, null while something is not right, and the names of the fields that are not. */
export interface Checked<T> {
  readonly put: T | null;
  readonly faults: readonly string[];
}

export const checkedPerson = ({ id, name, organisation, basis }: PersonDraft): Checked<PersonPut> =>
  checked(zPersonPut, id, { name, organisation: organisation.trim() === '' ? null : organisation.trim(), basis });

export const checkedOrganisation = ({ id, name, creditCode, basis }: OrganisationDraft): Checked<OrganisationPut> =>
  checked(zOrganisationPut, id, { name, creditCode: creditCode.trim(), basis });

export const checkedNode = ({ id, witnessKey, ...rest }: NodeDraft): Checked<NodePut> =>
  checked(zNodePut, id, {
    ...rest,
    url: rest.url.trim(),
    nodeKey: rest.nodeKey.trim(),
    witnessKey: witnessKey.trim() === '' ? null : witnessKey.trim(),
  });

export const nodeDraft = ({ id, name, role, city, url, nodeKey, witnessKey, version }: RegisteredNode): NodeDraft => ({
  id,
  name,
  role,
  city,
  url,
  nodeKey,
  witnessKey: witnessKey ?? '',
  basis: version,
});

export const EMPTY_NODE: NodeDraft = { id: '', name: '', role: 'sub', city: '', url: '', nodeKey: '', witnessKey: '', basis: null };

function checked<S extends z.ZodType>(schema: S, id: string, value: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(value);
  const faults = new Set(zName.safeParse(id).success ? [] : ['id']);
  for (const { path } of result.error?.issues ?? []) faults.add(String(path[0]));
  return result.success && faults.size === 0 ? { put: result.data, faults: [] } : { put: null, faults: [...faults] };
}

/** Roles to grant and to take so that `wanted` is held. Grants come first: whoever changes their own roles keeps the right to go on. */
export function roleSteps(held: readonly string[], wanted: readonly string[]): { readonly act: 'grant' | 'take'; readonly role: string }[] {
  return [
    ...wanted.filter((role) => !held.includes(role)).map((role) => ({ act: 'grant' as const, role })),
    ...held.filter((role) => !wanted.includes(role)).map((role) => ({ act: 'take' as const, role })),
  ];
}
