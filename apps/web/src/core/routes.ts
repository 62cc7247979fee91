import type { Need } from '@app/contracts';
import type { RouteRecordRaw } from 'vue-router';

/** What a page says of itself: the rail shows it and the guard admits to it by nothing else. */
interface PageMeta {
  /** Folder of `areas` that owns it. */
  readonly area: string;
  readonly needs: Need;
  /** Locale key of its name in the rail; absent: not in the rail. */
  readonly rail?: string;
  /** Stands alone, without rail and bar. */
  readonly isBare?: boolean;
}

declare module 'vue-router' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- vue-router's own way to type `meta`
  interface RouteMeta extends Partial<PageMeta> {}
}

/** A page of an area: it has a name, and says what it needs. */
export type AreaRoute = RouteRecordRaw & { readonly name: string; readonly meta: PageMeta };
