/** `open`: bytes are missing. `stored`: whole and right, kept under its hash. `refused`: whole, but not what its hash names. */
export type UploadState = 'open' | 'stored' | 'refused';

/** What somebody wants to upload. */
export interface UploadWish {
  /** Declared SHA-256; what comes must have it. */
  readonly hash: string;
  readonly size: number;
  readonly person: string;
  /** The lot that it is for; null when for none. */
  readonly lot: string | null;
}

export interface UploadRecord extends UploadWish {
  readonly id: string;
  readonly state: UploadState;
  readonly createdAt: string;
  readonly lastByteAt: string;
}
