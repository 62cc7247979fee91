import type { BidRequest } from '@app/sealing';

/** What `npm run bench -- seal-browser` has its page do with the file that it was given; each answers how many seconds it took. */
export interface SealPage {
  /** The web client's own way: two layers into the browser's own file system. Answers the outer box and which cipher it was, too. */
  ours(request: Omit<BidRequest, 'parts'>): Promise<{ readonly seconds: number; readonly manifest: unknown; readonly isNative: boolean }>;
  /** age-encryption, twice, into the same file system. */
  peer(recipients: readonly [string, string]): Promise<{ readonly seconds: number }>;
  /** Sends what `ours` wrote to this address of the page's own server. */
  send(path: string): Promise<void>;
}

export interface PeerOrder {
  readonly file: File;
  readonly recipients: readonly [string, string];
  readonly name: string;
}
export type PeerNews = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly message: string };
