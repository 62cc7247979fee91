import { z } from 'zod';
import { zRole } from './actor.js';
import { zSentEntry } from './entry.js';
import { zBytes, zInstant, zName } from './json.js';
import { RIGHTS } from './rights.js';

/**
 * Addresses of a venue, main or sub; `round` is a query parameter and 1 when absent.
 *
 * | address | answer |
 * |---|---|
 * | `GET /api/installation` | {@link Installation} |
 * | `POST /api/sessions/challenge`, `POST /api/sessions`, `GET`/`DELETE /api/sessions/current` | {@link Challenge}, {@link Session}, {@link SessionNow}, nothing |
 * | `GET /api/me/lots`, `GET /api/lots` | {@link LotSummary}[]: mine, public ones |
 * | `GET /api/me/calls` | {@link ExpertCall}[]: calls that I accepted and have not signed in for |
 * | `GET /api/lots/:lot/entries?round=&from=&limit=` | {@link EntryPage} |
 * | `GET /api/lots/:lot/head?round=` | {@link Head} |
 * | `GET /api/lots/:lot/archive?round=` | the archive, application/zip |
 * | `POST /api/lots/:lot/commands`, `POST /api/platform/commands` | Answer, for a SignedCommand |
 * | `POST /api/uploads`, `HEAD`/`PATCH`/`DELETE /api/uploads/:id` | resumable upload by the tus protocol (`uploads.ts`) |
 * | `GET /api/uploads/:id`, `GET /api/uploads?hash=` | UploadReceipt, how own uploads stand |
 * | `GET`, `PUT /api/lots/:lot/desk?round=&party=` | KeptDeskBox, what a member keeps at the desk, sealed to the own key (`desk.ts`) |
 * | `/api/lots/:lot/access`, `/api/lots/:lot/recordings` | looking at what was recorded, for supervisors (`watch.ts`) |
 * | `GET /api/blobs/:hash` | a stored file, whole or in part; at a site, fetched through from the main venue |
 * | `GET /api/receipts/:id` | receipt of an act before the deadline, with its inclusion proof once there is one |
 * | `GET /api/trust` | Trust, the installation's keys as this venue names them (`trust.ts`) |
 * | `GET /api/venues` | {@link VenueLine}[] |
 * | `GET /api/demo/identities` | demonstration identities; 404 where there are none |
 */

/** `GET /api/installation`: public facts a client needs before anything else. */
export const zInstallation = z.object({
  name: z.string(),
  venue: zName,
  venueRole: z.enum(['main', 'sub', 'supervision']),
  now: zInstant,
  engine: z.string(),
  /** Whether lots in test jurisdictions are founded under the rules under development. */
  foundingRules: z.enum(['released', 'next']),
  profile: z.string(),
  platformOrigin: z.string(),
  /** Public key that signs answers and receipts. */
  answerKey: zBytes,
  /** Public key that signs the checkpoints of this installation's logs, each under the name of its origin. */
  logKey: zBytes,
});
export type Installation = z.infer<typeof zInstallation>;

/** `POST /api/sessions/challenge` → a text that a {@link LoginStatement} repeats. */
export const zChallenge = z.object({ challenge: z.string(), expiresAt: zInstant });
export type Challenge = z.infer<typeof zChallenge>;
/**
 * What a login signs, as canonical JSON under SIGNING_PREFIX.login. The client builds it and says which address it talks to, so that a
 * stranger's server cannot have the challenge of another venue signed.
 */
const zLoginStatement = z.strictObject({
  address: z.string().max(300),
  installation: z.string().max(100),
  venue: zName,
  challenge: z.string().max(400),
});
export type LoginStatement = z.infer<typeof zLoginStatement>;
export const zLogin = z.strictObject({ statement: zLoginStatement, certificate: zBytes.max(8_000), signature: zBytes.max(400) });
export type Login = z.infer<typeof zLogin>;
/** `GET /api/sessions/current`: whom a session stands for, and the rights that are in force now. */
export const zSessionNow = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  organisation: z.object({ id: z.string(), name: z.string() }).nullable(),
  rights: z.array(z.enum(RIGHTS)),
});
export type SessionNow = z.infer<typeof zSessionNow>;
export const zSession = zSessionNow.extend({ token: z.string(), expiresAt: zInstant });
export type Session = z.infer<typeof zSession>;

/** A lot as lists show it (`GET /api/me/lots`, `GET /api/lots`). */
export const zLotSummary = z.object({
  lot: zName,
  round: z.int(),
  origin: z.string(),
  code: z.string(),
  name: z.string(),
  regime: z.string(),
  status: z.string(),
  size: z.int(),
  updatedAt: zInstant,
  nextLimit: z.object({ name: z.string(), at: zInstant }).nullable(),
  /** The asker's parties there; empty for the public. */
  parties: z.array(z.object({ party: zName, roles: z.array(zRole) })),
});
export type LotSummary = z.infer<typeof zLotSummary>;

/**
 * `GET /api/me/calls`: what an expert knows of a call that he accepted until he signs in at his seat (domain.md §2.2): when, where, which
 * seat. No lot, project, owner or bidder; lists and views of lots show him nothing of it either.
 */
export const zExpertCall = z.object({
  /** Opening of the bids; the committee sits when it is over. */
  from: zInstant,
  venue: zName,
  city: z.string(),
  seat: zName.nullable(),
  /** What a `committee.sign-in` names, and whether it binds a key of the lot; null before members may sign in. */
  signIn: z.object({ lot: zName, round: z.int(), origin: z.string(), party: zName, isKeyed: z.boolean() }).nullable(),
});
export type ExpertCall = z.infer<typeof zExpertCall>;

/** `GET /api/me/tasks`: what one lot waits for from the asker now, by its own engine; `decide` alone says what is allowed. */
export const zTask = z.object({
  lot: zName,
  round: z.int(),
  name: z.string(),
  regime: z.string(),
  /** The asker's party there, and the command that it owes. */
  party: zName,
  command: z.string(),
  until: zInstant.nullable(),
});
export type Task = z.infer<typeof zTask>;

/** `GET /api/lots/:lot/entries`: what the asker may see, in order. `next` is null at the head. */
export const zEntryPage = z.object({ origin: z.string(), size: z.int(), entries: z.array(zSentEntry), next: z.int().nullable() });
export type EntryPage = z.infer<typeof zEntryPage>;

/** State of the line to a venue as the main venue sees it. */
export const zVenueLine = z.object({
  venue: zName,
  name: z.string(),
  role: z.enum(['main', 'sub', 'supervision']),
  line: z.enum(['up', 'down', 'degraded']),
  since: zInstant,
  /** Commands that wait in the venue's outbox, by its last heartbeat. */
  waiting: z.int(),
  /** Entries of the lot that the venue has confirmed as replicated. */
  replicated: z.record(z.string(), z.int()),
});
export type VenueLine = z.infer<typeof zVenueLine>;

/**
 * `GET /api/lots/:lot/head`: the newest checkpoint with the cosignatures it has, as a signed note; empty before the first one. Size,
 * root and quorum are in the note and the lot's frozen policy: a reader computes them (`CheckpointJudge`) and believes no copy.
 */
export const zHead = z.object({ origin: z.string(), checkpoint: z.string() });
export type Head = z.infer<typeof zHead>;

/** Body of every refusal over HTTP, and of every refused ack over a socket. */
export const zProblem = z.object({ code: z.string(), message: z.string(), requestId: z.string() });
export type Problem = z.infer<typeof zProblem>;
