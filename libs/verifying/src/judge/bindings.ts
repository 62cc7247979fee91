import type { VisibleEntry } from '@app/contracts';
import { z } from 'zod';

const BINDING = 'd:binding:';
const zNamed = z.object({ id: z.string(), name: z.string() });
/** Who a party is (part `d:binding:<party>`): written when the party is admitted. Read as loosely as every engine's logs allow. */
const zBinding = z.object({
  certificate: z.string().nullable(),
  nodeKey: z.string().nullable(),
  person: zNamed.nullable(),
  organisation: zNamed.nullable(),
});
export type JudgedBinding = z.infer<typeof zBinding>;

/** The bindings among an entry's parts; null where a part of that name has not their form. */
export function bindingsOf({ parts }: VisibleEntry): { part: string; party: string; binding: JudgedBinding | null }[] {
  return Object.entries(parts)
    .filter(([part]) => part.startsWith(BINDING))
    .map(([part, value]) => ({ part, party: part.slice(BINDING.length), binding: zBinding.safeParse(value).data ?? null }));
}
