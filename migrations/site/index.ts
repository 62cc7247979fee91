import { CreateReplica1760000000101 } from './1760000000101-create-replica.js';
import { CreateOutbox1760000000102 } from './1760000000102-create-outbox.js';
import { CreateKeeperKey1760000000103 } from './1760000000103-create-keeper-key.js';
import { CreateSiteFact1760000000104 } from './1760000000104-create-site-fact.js';
import { CreateWitness1763400000101 } from './1763400000101-create-witness.js';
import { BindSessionToCertificate1795964086979 } from './1795964086979-bind-session-to-certificate.js';
import { NarrowSiteRights1795988000100 } from './1795988000100-narrow-site-rights.js';
import { EndIdleSessions1795989500100 } from './1795989500100-end-idle-sessions.js';
import { CreateRecording1796080000000 } from './1796080000000-create-recording.js';
import { KeepPlacesOfSegments1796090400000 } from './1796090400000-keep-places-of-segments.js';

/** Migrations of a site's database (分会场, supervision authority), in order. */
export const SITE_MIGRATIONS = [
  CreateReplica1760000000101,
  CreateOutbox1760000000102,
  CreateKeeperKey1760000000103,
  CreateSiteFact1760000000104,
  CreateWitness1763400000101,
  BindSessionToCertificate1795964086979,
  NarrowSiteRights1795988000100,
  EndIdleSessions1795989500100,
  CreateRecording1796080000000,
  KeepPlacesOfSegments1796090400000,
];
