import type { LotsClientToServer, LotsServerToClient } from '@app/contracts';

/** Every namespace that a page may open a line to, with its notices and messages. A room that brings one adds a row. */
export interface Namespaces {
  '/lots': { readonly in: LotsServerToClient; readonly out: LotsClientToServer };
}
export type Namespace = keyof Namespaces;
