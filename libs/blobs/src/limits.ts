/** Limits of received files. Each has a name and a default; a venue may set others. */
export interface UploadLimits {
  /** Largest file. A bid with drawings and videos stays below it. */
  readonly UPLOAD_BYTES_MAX: number;
  /** Uploads that a person may have begun and not finished. */
  readonly UPLOADS_OPEN_PER_PERSON_MAX: number;
  /** Declared bytes of a person's uploads of the last {@link UPLOAD_QUOTA_WINDOW_MS}, finished or not. */
  readonly UPLOAD_BYTES_PER_PERSON_MAX: number;
  readonly UPLOAD_QUOTA_WINDOW_MS: number;
  /** Declared bytes of all uploads for one lot, finished or not. */
  readonly UPLOAD_BYTES_PER_LOT_MAX: number;
  /** An upload to which no byte came for so long is removed. Counts from its last byte, not from its beginning. */
  readonly UPLOAD_IDLE_MS_MAX: number;
  /** How often what nobody finished is looked for. */
  readonly UPLOAD_CLEAN_UP_MS: number;
}

const GIB = 1024 ** 3;
const HOUR_MS = 3_600_000;

export const DEFAULT_UPLOAD_LIMITS: UploadLimits = {
  UPLOAD_BYTES_MAX: 4 * GIB,
  UPLOADS_OPEN_PER_PERSON_MAX: 100,
  UPLOAD_BYTES_PER_PERSON_MAX: 64 * GIB,
  UPLOAD_QUOTA_WINDOW_MS: 30 * 24 * HOUR_MS,
  UPLOAD_BYTES_PER_LOT_MAX: 512 * GIB,
  UPLOAD_IDLE_MS_MAX: 48 * HOUR_MS,
  UPLOAD_CLEAN_UP_MS: HOUR_MS,
};
