import { NODE_PRIMITIVES } from './profile/node-primitives.js';
import { accelerate } from './profile/profiles.js';

// Importing this file once makes every `profileOf` of the process fast; results stay the same (see profile.spec.ts).
// It happens by the import and not by a call at each entry on purpose: there are some twenty entries (venues, tools, benchmark children, tests), a forgotten
// call would fail nothing and only be slow, and no order of imports changes a result. The browser has no alias for this file, so it cannot slip in there.
accelerate('gp-std-1', NODE_PRIMITIVES);

export type { Authority, Validity } from './certificates/authority.js';
export { createAuthority, issue, revocationList } from './certificates/authority.js';
export { NODE_PRIMITIVES } from './profile/node-primitives.js';
export { findProfile, profileOf } from './profile/profiles.js';
export { BidThread } from './node/bid-thread.js';
export { openFile } from './node/file-source.js';
export { SharedVerifier } from './node/shared-verifier.js';
export { StorageCipher } from './node/storage-cipher.js';
