/**
 * Every code that crosses a wire, with when it is given and what to do. `docs/error-codes.md` is checked against this list.
 * `E_…` are refusals of a rule (domain.md, appendix); the others are refusals of the door.
 */
export const ERROR_CODES = {
  MALFORMED: 'The message is not the JSON this address takes. Correct the field that the message names and send again.',
  TOO_LARGE: 'The message or file is larger than the named limit. Send less.',
  QUOTA_EXCEEDED:
    'More files, bytes or acts than the named limit grants to a person, organisation or lot. Finish or end uploads, or ask the operator.',
  HASH_MISMATCH: 'The file is not the one that its hash names. Nothing of it was kept; upload it again.',
  UPLOAD_OFFSET: 'The upload goes on at another byte. Ask for its offset and send from there.',
  UPLOAD_BUSY: 'Another request is writing this upload. Wait a moment and go on from its offset.',
  RANGE_UNSATISFIABLE: 'The file has no such bytes. Its size is in Content-Range.',
  STORAGE_FULL: 'The disk of the venue is full. What has arrived is kept; go on later. The operator must make room.',
  UNKNOWN_TYPE: 'No such command type in this version. Update the client.',
  NOT_FOUND: 'There is no such lot, entry, file or address, or you have no part in it.',
  BEYOND_LOG: 'The log here is shorter than the entry you asked to begin with. Ask again from an entry that is there.',
  UNAUTHENTICATED: 'Log in again with your certificate: the session is missing or over.',
  FORBIDDEN: 'Your part in this lot, or your rights here, do not allow this.',
  BAD_SIGNATURE: 'The signature does not fit the command and key. Nothing was recorded; sign again.',
  WRONG_LOG: 'The command was signed for another lot, round or installation. Open the right one and sign again.',
  CERT_UNKNOWN: 'The certificate is not issued by a trusted authority or not bound to anyone here. Bind it first.',
  CERT_EXPIRED: 'The certificate or session grant is outside its validity. Renew it.',
  CERT_REVOKED: 'The authority has revoked the certificate. Use another one.',
  NOT_SEATED: 'You have no seat at this site. Log in at the main venue, or ask the venue staff for your seat.',
  ASSURANCE: 'This act needs the signature of the certificate itself, not of a session key.',
  NO_PART: 'You have no part in this lot.',
  ENGINE_UNKNOWN:
    'The lot runs under rules that this release does not have. Use the release that the message names; nothing is run or shown by other rules.',
  ENGINE_UNRELEASED:
    'The rules under development decide test and demonstration lots only. Found the lot, or change it, under a released engine.',
  ENGINE_RETIRED:
    'Later rules were released too long ago for a lot to be founded or published under these. Copy the draft: the copy is founded under the newest.',
  WRONG_STATE: 'The lot is not in a state in which this can be done.',
  WRONG_STEP: 'The step that the command names is not open.',
  ID_REUSED: 'This command id was used with another content. Make a new command.',
  OPENING_MISMATCH: 'A secret part does not fit its commitment. Make the command again.',
  RATE_LIMITED: 'Too many requests. Wait and try again.',
  READ_ONLY: 'This log is read-only: the database is shorter than a witnessed checkpoint. The operator must heal it first.',
  UNAVAILABLE: 'What is needed cannot be reached or is starting. Nothing was kept: send the same again, a command under the same id.',
  QUEUED: 'The line to the main venue is cut. The command is kept here and awaits its decision.',
  KEY_PINNED:
    'Another key than the pinned one is named: by the main venue to a site, or by a trust file without a note of a pinned key. Find out why.',
  REGISTRY_OLDER: 'The site has a newer registry than the one sent. Nothing was taken; bring the main venue up to date.',
  WEB_BUNDLE_ALTERED:
    'What the main venue sends to browsers is not what the platform log names. Seal and sign nothing in its pages until its operator has found out why.',
  WEB_BUNDLE_OTHER:
    'The main venue serves another build of the web client than this site has: another release, or other bytes of the same. Compare both with the sources.',
  PDF_BROKEN: 'The document is no PDF, or is broken. Tell the host; the bidder may have to explain it (澄清).',
  PDF_ENCRYPTED: 'The document asks for a password and cannot be read. Tell the host; the bidder may have to explain it (澄清).',
  PART_ALTERED: 'What the venue gave does not open with the key of this part. Tell the venue staff; nothing of it is shown.',
  INTERNAL: 'An unexpected failure. Nothing was recorded. Give the request id to the operator.',
  JOB_MALFORMED: 'What the job was told does not fit this build: another build wanted it. Want it anew, or try it again there.',
  JOB_UNKNOWN: 'This build has no job of that name. Try it again with the build that has, or leave it.',
  JOB_WORKER_LOST: 'Each start of the job ended with the loss of its process. Look into the logs, then try it again.',
  NOT_VISIBLE: 'Whoever judges this was not given a secret part that shapes it. Judge it where the part may be seen.',
  E_INPUT: 'The content of the command breaks its form or range; the message names the field.',
  E_DEADLINE_PASSED: 'The limit has passed.',
  E_TOO_EARLY: 'The time for this has not come.',
  E_NOT_ENCRYPTED: 'The bid is not an encrypted package for this lot.',
  E_LT3: 'Fewer than three bids (lots under engines before 0.4.0).',
  E_COMMITTEE_EVEN: 'A committee has an odd number of members.',
  E_COMMITTEE_SIZE: 'The committee is too small.',
  E_EXPERT_RATIO: 'Fewer than two thirds of the members are experts.',
  E_REP_AS_CHAIR: 'A purchaser representative cannot be chair.',
  E_RECUSAL_HIT: 'A recusal rule applies: the message says to whom, and which. Somebody else must take the place.',
  E_ROLE_EXCLUDED: 'One person or organisation cannot stand on both of these sides of a lot. Name somebody else.',
  E_UNREGISTERED: 'The registry does not have this person, certificate or key as the command names them. Name them as they are registered.',
  E_NO_JUDGING_WITNESS:
    'No site outside the main venue would judge and witness this lot. Name a sub-venue or the supervision authority whose site witnesses.',
  E_BID_EXPIRED: 'The validity of this bid has ended and its bidder agreed to no later end. It is out: pass it over (INVALID_VALIDITY).',
  E_NO_ATTESTER:
    'No node but the main venue could say whose keys the members at this venue act by. Seat them at a sub-venue whose node has a part in the lot, or name the site of the supervision authority.',
  E_EVIDENCE_PRESERVED: 'The supervision authority has ordered the evidence of this lot to be preserved. It must release it first.',
  E_NOT_SIGNED_IN: 'Sign in first.',
  E_SEAT_MISMATCH: 'Another seat is bound to this member.',
  E_STEP_BARRIER: 'Somebody still owes an answer in this step.',
  E_SCORE_RANGE: 'A score is outside its range or off its step.',
  E_NOT_RANKABLE:
    'A bid has no price or score that could be ranked; the message names it. Nothing is aggregated: the lot needs a decision.',
  E_OBJECTIVE_MISMATCH: 'Members differ on an objective item.',
  E_PRICE_ABOVE_CEILING: 'The price is above the ceiling.',
  E_CORRECTION_UNCONFIRMED: 'A bidder has not yet answered what the committee asked about its price.',
  E_ALREADY_DONE: 'This was done already.',
  E_ALREADY_LOCKED: 'Locked: no more changes.',
  E_REPORT_HASH_CHANGED: 'The report is not the one you read. Read it again.',
  E_PUBLICITY_SHORT: 'The publicity period is not over.',
  E_OBJECTION_OPEN: 'An objection is not answered.',
  E_RECORDING_CHAIN: 'What a venue recorded does not follow what it landed before; the message names the number that is next.',
  E_SEPARATION_NOT_ALLOWED: 'Evaluation/award separation is not allowed for this lot.',
  E_RULESET_FROZEN: 'The rule set is frozen at publication.',
  E_VENUE_NOT_APPROVED: 'The venue is not part of this lot.',
  E_DRAW_EXHAUSTED: 'The pool has no more candidates for this slot.',
  E_KEY_MISSING: 'A keeper has not published its key for this purpose.',
  E_BOX_INVALID: 'The sealed box does not fit its manifest.',
  E_KEY_NOT_BOUND: 'A member’s act is signed by a key of this lot beside the certificate. Bind the key first.',
  E_KEY_MISMATCH: 'The key that is released, or that answers a drill, is not the published one.',
  E_DOCUMENT_UNPROVEN: 'The rules, asked on this device, do not give the document that is shown. It cannot be signed; tell the supervisor.',
  E_KEY_UNPROVEN:
    'The publication of a key that is to be sealed to was not found good on this device. Nothing was sealed or sent: compare the trust anchors, wait for the judge, and tell the supervisor of anything red.',
  E_IMPORT_CONFLICT: 'This id was handed over with another content. Hand a changed lot over under an id of its own.',
  E_CHANGED_MEANWHILE: 'Somebody changed this record since you read it. Read it again and repeat your change.',
  E_LAST_ADMINISTRATOR: 'Nobody would be left who may grant rights and can log in. Give them to somebody else first.',
  E_RIGHT_NOT_HELD: 'You cannot give, take or touch rights that you do not hold yourself.',
  E_CERT_BOUND: 'The certificate is bound to somebody else. Revoke it there and issue another one.',
  E_STILL_USED: 'Others still refer to this record. Remove what refers to it first.',
  E_LIST_COLUMNS: 'The columns of the list are not the expected ones; the message names them. Nothing of it was taken in.',
  E_LIST_TWICE: 'The list names this record twice. The first line was taken in.',
  E_LIST_FORM: 'The file stops being CSV or JSON behind the last line that is counted; the message says where. The counted lines stand.',
  E_LINE_CELLS: 'The line has another number of cells than the first line of the list names columns.',
  E_LINE_OBJECT: 'The line is no JSON object.',
  E_CELL_UNKNOWN: 'The line names a column that lists of this kind do not have.',
  E_CELL_EMPTY: 'The cell must not be empty.',
  E_CELL_LENGTH: 'The cell holds more than its column takes.',
  E_CELL_FORM: 'The cell does not have the form of its column.',
  E_CELL_REFERS: 'The cell names a person or organisation that is not registered. Register it first, or mend the id.',
  E_CELL_UNBOUND: 'The key in the cell is not signed by the certificate of the line.',
  E_NO_EVIDENCE: 'The record holds nothing that bears this: the party’s own act, an entry of the authority, or a date that has passed.',
  E_REASON_REQUIRED: 'A reason (and its legal ground) is required.',
} as const;

/** Why a process does not start: printed beside the error, never on a wire. In `docs/error-codes.md` too. */
export const START_CODES = {
  SCHEMA_BEHIND: 'The database lacks migrations of this release. Make a backup, run the migrations, start again.',
  SCHEMA_AHEAD:
    'The database has migrations that this release does not know. Start the release that it belongs to, or restore the backup made before the update.',
  ENGINE_MISSING:
    'The file of a released engine is missing or cannot be loaded. Restore it from the release; nothing is run by other rules.',
  ENGINE_ALTERED:
    'The file of a released engine is not the one that was released. Restore it from the release, and find out who changed it.',
} as const;
export type StartCode = keyof typeof START_CODES;

export type ErrorCode = keyof typeof ERROR_CODES;

/** True for the codes that ERROR_CODES documents. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CODES, code);
