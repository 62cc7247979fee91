import type { ComputedRef } from 'vue';
import { useFileSignatures } from '../../core/file-signature.js';
import { useSessionStore } from '../../core/identity/session.js';
import type { OpenLot } from '../../core/lots/open-lot.js';

/** The agency's signature over the file that a notice or an amendment names, where the lot's own engine takes one. */
export function useDocumentSignature(lot: ComputedRef<OpenLot>) {
  const session = useSessionStore();
  const { sign } = useFileSignatures();
  return async (command: 'lot.publish' | 'lot.amend', hash: string): Promise<{ signature?: string }> => {
    const { run, profile } = lot.value;
    const { holder } = session;
    return holder === null || run?.takesAll(command) !== true ? {} : { signature: await sign(profile, holder, hash) };
  };
}
