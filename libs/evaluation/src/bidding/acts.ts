import type { Command, ErrorCode } from '@app/contracts';
import { bidContext, BIDS_PURPOSE } from '@app/sealing';
import { ringOf } from '../keepers/index.js';
import { clashWith, documentObjectionEnd, standingsOf } from '../lot/index.js';
import { manifestFault } from '../sealed-step/index.js';
import { firstIssue } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import { type Delivery, PROSPECTIVE, type UploadFact, zAsk, zDelivery, zDownload, zReplacement, zWithdrawal } from './commands.js';

export type ActDecision = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
const YES: ActDecision = { ok: true };
const no = (code: ErrorCode, message: string): ActDecision => ({ ok: false, code, message });

/** What the acts before this one have come to, for the organisation that acts. */
export interface ActsBefore {
  /** Whether a command of this id stands among the acts of the lot. */
  readonly isRecorded: boolean;
  /** The bid that its organisation has delivered and not withdrawn. */
  readonly standing: Delivery | null;
  /** Whether another organisation has delivered a bid under this id. */
  readonly isTaken: (bid: string) => boolean;
}

/** What the venue knows beside the command itself. */
export interface ActContext {
  /** Receipt at the main venue (电子招标投标办法 27: the deadline is the server's). */
  readonly at: string;
  readonly assurance: 'certificate' | 'session' | 'node';
  readonly upload: UploadFact | null;
  /** 统一社会信用代码 of the organisation that acts. */
  readonly creditCode: string;
  /** Who acts, and for whom. */
  readonly person: { readonly id: string };
  readonly organisation: { readonly id: string };
}

/**
 * Decides one act before the deadline: `bidding.download`, `ask`, `object`, `deliver`, `replace`, `withdraw`. The main venue asks when the act arrives;
 * `bidding.lock` asks again for every act, so a verifier sees that each stands. Asked by {@link ActBook}.
 */
export function decideAct(state: LotState, before: ActsBefore, command: Command, context: ActContext): ActDecision {
  if (command.lot !== state.lot || command.round !== state.round) return no('WRONG_LOG', `the act is for another lot than ${state.lot}`);
  if (command.actor.party !== PROSPECTIVE) return no('NO_PART', `before the lock a bidder acts as ${PROSPECTIVE}`);
  if (state.status !== 'SUBMISSION_OPEN') return no('WRONG_STATE', `the lot is ${state.status}, not open for bids`);
  // 电子招标投标办法 26, 27: nothing after the deadline; the last byte and the signature must have come before it.
  if (context.at >= (state.setup.schedule?.deadline ?? '')) return no('E_DEADLINE_PASSED', 'the deadline for bids has passed');
  if (before.isRecorded) return no('ID_REUSED', 'this act is recorded');
  const { standing } = before;
  switch (command.type) {
    case 'bidding.download':
      return zDownload.safeParse(command.public).success ? YES : no('E_INPUT', 'package: a hash');
    case 'bidding.ask':
      return asked(state, command);
    case 'bidding.object':
      return objected(state, command, context);
    case 'bidding.deliver':
      return delivered(state, before, command, context);
    case 'bidding.replace':
      return replaced(state, before, command, context);
    case 'bidding.withdraw': {
      if (context.assurance !== 'certificate') return no('ASSURANCE', 'the certificate itself must sign');
      const read = zWithdrawal.safeParse(command.public);
      if (!read.success) return no('E_INPUT', firstIssue(read.error));
      return standing?.bid === read.data.bid ? YES : no('NOT_FOUND', 'this bid does not stand');
    }
    default:
      return no('UNKNOWN_TYPE', `${command.type} is no act of a bidder`);
  }
}

/**
 * 提疑, until bids close: the law sets no earlier end, and an answer that affects bids moves the deadline (条例 21). Not in a lot that was
 * founded under an engine before 0.5.0, whose lock would drop it and say so.
 */
function asked({ bidding }: LotState, { type, public: payload }: Command): ActDecision {
  if (!bidding.takesQuestions) return no('UNKNOWN_TYPE', `${type} is not known to the rules of this lot`);
  const read = zAsk.safeParse(payload);
  return read.success ? YES : no('E_INPUT', firstIssue(read.error));
}

/**
 * 对招标文件的异议: by 条例 22 ten days before the deadline at the latest, in procurement (质疑) within the days of 政府采购法 52. It is an act of
 * whoever holds a certificate for an organisation, and tells of no bid (招标投标法 22).
 */
function objected(state: LotState, { type, public: payload }: Command, { at, assurance }: ActContext): ActDecision {
  if (!state.bidding.takesQuestions) return no('UNKNOWN_TYPE', `${type} is not known to the rules of this lot`);
  if (assurance !== 'certificate') return no('ASSURANCE', 'the certificate itself must sign an objection');
  const read = zAsk.safeParse(payload);
  if (!read.success) return no('E_INPUT', firstIssue(read.error));
  const end = documentObjectionEnd(state);
  return at < end
    ? YES
    : no('E_DEADLINE_PASSED', `the time to object to the document ended at ${end}; ask a question, or complain to the authority`);
}

function delivered(state: LotState, before: ActsBefore, command: Command, context: ActContext): ActDecision {
  const read = zDelivery.safeParse(command.public);
  if (!read.success) return no('E_NOT_ENCRYPTED', firstIssue(read.error));
  if (before.standing !== null) return no('E_ALREADY_DONE', 'a bid of yours stands; replace or withdraw it');
  return packaged(state, before, read.data, context);
}

function replaced(state: LotState, before: ActsBefore, command: Command, context: ActContext): ActDecision {
  const read = zReplacement.safeParse(command.public);
  if (!read.success) return no('E_NOT_ENCRYPTED', firstIssue(read.error));
  const { replaces, ...delivery } = read.data;
  if (before.standing?.bid !== replaces) return no('NOT_FOUND', 'the bid to be replaced does not stand');
  if (delivery.bid === replaces) return no('E_INPUT', 'bid: a new bid has a new id');
  return packaged(state, before, delivery, context);
}

/** 电子招标投标办法 26: an unencrypted or unfinished bid is refused (A-91 … A-96); format check. */
function packaged(state: LotState, { isTaken }: ActsBefore, delivery: Delivery, by: ActContext): ActDecision {
  const { upload, assurance, creditCode } = by;
  if (assurance !== 'certificate') return no('ASSURANCE', 'the certificate itself must sign a bid');
  // 条例 34: the owner's side does not bid. It is fixed with the publication, so the lock finds what the venue found on receipt.
  const owners = standingsOf(state).filter(({ roles }) => roles.includes('tenderer') || roles.includes('agency'));
  const bidder = { party: PROSPECTIVE, roles: ['bidder'], person: by.person.id, organisation: by.organisation.id } as const;
  const clash = clashWith(bidder, owners);
  if (clash !== null) return no(clash.code, clash.message);
  if (isTaken(delivery.bid)) return no('E_INPUT', 'bid: another bid for this lot has this id; seal the bid under a new one');
  // The box names lot, bidder and bid: one copied from a rival, or made for another lot, re-deals differently.
  const context = bidContext({ origin: state.origin, bidder: creditCode, bid: delivery.bid });
  const fault = manifestFault(ringOf(state), BIDS_PURPOSE, context, delivery.manifest);
  if (fault !== null) return no(fault.code, fault.message);
  if (upload?.complete !== true) return no('E_INPUT', 'upload: the file has not arrived whole');
  if (!upload.encrypted) return no('E_NOT_ENCRYPTED', 'the file is not an encrypted package');
  const { hash, size } = delivery.manifest.ciphertext;
  if (upload.hash !== hash || upload.size !== size) return no('E_BOX_INVALID', 'the file is not the one that the manifest names');
  return YES;
}

/** The bid of an organisation that stands after an act of its own that was taken; `before`: the one that stood. */
export function standingAfter({ type, public: payload }: Command, before: Delivery | null): Delivery | null {
  if (type === 'bidding.withdraw') return null;
  if (type === 'bidding.deliver') return zDelivery.parse(payload);
  if (type !== 'bidding.replace') return before;
  const { replaces: _, ...delivery } = zReplacement.parse(payload);
  return delivery;
}
