import { z } from 'zod';
import { zHash, zInstant, zUuid } from './json.js';

/**
 * Resumable uploads by the tus protocol 1.0.0 (creation, creation-with-upload, termination) at `/api/uploads`. `Upload-Metadata` names the
 * `hash` (SHA-256 of the whole file) that what comes must have, the `lot` it is for if any, and a `filename` for people.
 */
export const UPLOADS_PATH = '/api/uploads';

/** `open`: bytes are missing. `stored`: whole and right. `refused`: whole, but not what its hash names; upload it anew. */
const zUploadState = z.enum(['open', 'stored', 'refused']);

/** `GET /api/uploads/:id`, and the items of `GET /api/uploads?hash=`: how far an own upload is. The answer may be asked for again. */
export const zUploadReceipt = z.object({
  id: zUuid,
  hash: zHash,
  size: z.int().min(1),
  received: z.int().min(0),
  state: zUploadState,
  createdAt: zInstant,
  lastByteAt: zInstant,
});
export type UploadReceipt = z.infer<typeof zUploadReceipt>;
export const zUploadReceipts = z.array(zUploadReceipt);
