/** What a worker that hashes is told: the next bytes of a hash, whose memory comes back, or that its digest is wanted. */
export type HashOrder = { readonly id: number; readonly block: Uint8Array<ArrayBuffer>; readonly size: number } | { readonly id: number };
export type HashNews = { readonly id: number; readonly block: Uint8Array<ArrayBuffer> } | { readonly id: number; readonly hex: string };
