import { CreateRoles1760000000001 } from './1760000000001-create-roles.js';
import { CreateLog1760000000002 } from './1760000000002-create-log.js';
import { CreateAnswersOutboxProjections1760000000003 } from './1760000000003-create-answers-outbox-projections.js';
import { CreateRegistry1760000000004 } from './1760000000004-create-registry.js';
import { CreateActsAndUploads1760000000005 } from './1760000000005-create-acts-and-uploads.js';
import { KeepPartsInLine1760000000006 } from './1760000000006-keep-parts-in-line.js';
import { GuardCommandIds1760000000007 } from './1760000000007-guard-command-ids.js';
import { CreateCheckpoints1763400000001 } from './1763400000001-create-checkpoints.js';
import { LetRegistryLive1795963840529 } from './1795963840529-let-registry-live.js';
import { CreateJobs1795964023306 } from './1795964023306-create-jobs.js';
import { KeepUploadsById1795964225344 } from './1795964225344-keep-uploads-by-id.js';
import { KeepLimitsOfLots1795975500000 } from './1795975500000-keep-limits-of-lots.js';
import { NarrowRights1795988000000 } from './1795988000000-narrow-rights.js';
import { HidePartiesOfLots1796000000000 } from './1796000000000-hide-parties-of-lots.js';
import { GrantRightsInLots1796000000000 } from './1796000000000-grant-rights-in-lots.js';
import { LetSystemsIn1796054400000 } from './1796054400000-let-systems-in.js';
import { KeepHeadsOfLots1796014000000 } from './1796014000000-keep-heads-of-lots.js';
import { EnterYearsOfRestDays1796083200000 } from './1796083200000-enter-years-of-rest-days.js';
import { KeepRecordings1796090500000 } from './1796090500000-keep-recordings.js';

/** In order; a landed migration is never edited. */
export const MAIN_MIGRATIONS = [
  CreateRoles1760000000001,
  CreateLog1760000000002,
  CreateAnswersOutboxProjections1760000000003,
  CreateRegistry1760000000004,
  CreateActsAndUploads1760000000005,
  KeepPartsInLine1760000000006,
  GuardCommandIds1760000000007,
  CreateCheckpoints1763400000001,
  LetRegistryLive1795963840529,
  CreateJobs1795964023306,
  KeepUploadsById1795964225344,
  KeepLimitsOfLots1795975500000,
  NarrowRights1795988000000,
  HidePartiesOfLots1796000000000,
  GrantRightsInLots1796000000000,
  KeepHeadsOfLots1796014000000,
  LetSystemsIn1796054400000,
  EnterYearsOfRestDays1796083200000,
  KeepRecordings1796090500000,
];
