import type { Command, ErrorCode } from '@app/contracts';
import { bidContext, BIDS_PURPOSE } from '@app/sealing';
import { ringOf } from '../keepers/index.js';
import { clashWith, standingsOf } from '../lot/index.js';
import { manifestFault } from '../sealed-step/index.js';
import { firstIssue } from '../kernel/slice.js';
import type { LotState } from '../kernel/state.js';
import {
  type Delivery,
  PROSPECTIVE,
  type RecordedAct,
  type UploadFact,
  zDelivery,
  zDownload,
  zReplacement,
  zWithdrawal,
} from './commands.js';

/** What an act makes of its bidder's standing bid; null: none. */
export type ActDecision =
  { readonly ok: true; readonly standing: Delivery | null } | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
const no = (code: ErrorCode, message: string): ActDecision => ({ ok: false, code, message });

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
 * Decides one act before the deadline: `bidding.download`, `deliver`, `replace`, `withdraw`. `earlier` are the accepted acts of the same
 * organisation for this lot, oldest first. The main venue asks when the act arrives; `bidding.lock` asks again for every act, so a
 * verifier sees that each stands.
 */
export function decideAct(state: LotState, earlier: readonly Command[], command: Command, context: ActContext): ActDecision {
  if (command.lot !== state.lot || command.round !== state.round) return no('WRONG_LOG', `the act is for another lot than ${state.lot}`);
  if (command.actor.party !== PROSPECTIVE) return no('NO_PART', `before the lock a bidder acts as ${PROSPECTIVE}`);
  if (state.status !== 'SUBMISSION_OPEN') return no('WRONG_STATE', `the lot is ${state.status}, not open for bids`);
  // 电子招标投标办法 26, 27: nothing after the deadline; the last byte and the signature must have come before it.
  if (context.at >= (state.setup.schedule?.deadline ?? '')) return no('E_DEADLINE_PASSED', 'the deadline for bids has passed');
  if (earlier.some((act) => act.id === command.id)) return no('ID_REUSED', 'this act is recorded');
  const standing = standingBid(earlier);
  switch (command.type) {
    case 'bidding.download':
      return zDownload.safeParse(command.public).success ? { ok: true, standing } : no('E_INPUT', 'package: a hash');
    case 'bidding.deliver':
      return delivered(state, standing, command, context);
    case 'bidding.replace':
      return replaced(state, standing, command, context);
    case 'bidding.withdraw': {
      if (context.assurance !== 'certificate') return no('ASSURANCE', 'the certificate itself must sign');
      const read = zWithdrawal.safeParse(command.public);
      if (!read.success) return no('E_INPUT', firstIssue(read.error));
      return standing?.bid === read.data.bid ? { ok: true, standing: null } : no('NOT_FOUND', 'this bid does not stand');
    }
    default:
      return no('UNKNOWN_TYPE', `${command.type} is no act of a bidder`);
  }
}

function delivered(state: LotState, standing: Delivery | null, command: Command, context: ActContext): ActDecision {
  const read = zDelivery.safeParse(command.public);
  if (!read.success) return no('E_NOT_ENCRYPTED', firstIssue(read.error));
  if (standing !== null) return no('E_ALREADY_DONE', 'a bid of yours stands; replace or withdraw it');
  return packaged(state, read.data, context);
}

function replaced(state: LotState, standing: Delivery | null, command: Command, context: ActContext): ActDecision {
  const read = zReplacement.safeParse(command.public);
  if (!read.success) return no('E_NOT_ENCRYPTED', firstIssue(read.error));
  const { replaces, ...delivery } = read.data;
  if (standing?.bid !== replaces) return no('NOT_FOUND', 'the bid to be replaced does not stand');
  if (delivery.bid === replaces) return no('E_INPUT', 'bid: a new bid has a new id');
  return packaged(state, delivery, context);
}

/** 电子招标投标办法 26: an unencrypted or unfinished bid is refused (A-91 … A-96); format check. */
function packaged(state: LotState, delivery: Delivery, by: ActContext): ActDecision {
  const { upload, assurance, creditCode } = by;
  if (assurance !== 'certificate') return no('ASSURANCE', 'the certificate itself must sign a bid');
  // 条例 34: the owner's side does not bid. It is fixed with the publication, so the lock finds what the venue found on receipt.
  const owners = standingsOf(state).filter(({ roles }) => roles.includes('tenderer') || roles.includes('agency'));
  const bidder = { party: PROSPECTIVE, roles: ['bidder'], person: by.person.id, organisation: by.organisation.id } as const;
  const clash = clashWith(bidder, owners);
  if (clash !== null) return no(clash.code, clash.message);
  // The box names lot, bidder and bid: one copied from a rival, or made for another lot, re-deals differently.
  const context = bidContext({ origin: state.origin, bidder: creditCode, bid: delivery.bid });
  const fault = manifestFault(ringOf(state), BIDS_PURPOSE, context, delivery.manifest);
  if (fault !== null) return no(fault.code, fault.message);
  if (upload?.complete !== true) return no('E_INPUT', 'upload: the file has not arrived whole');
  if (!upload.encrypted) return no('E_NOT_ENCRYPTED', 'the file is not an encrypted package');
  const { hash, size } = delivery.manifest.ciphertext;
  if (upload.hash !== hash || upload.size !== size) return no('E_BOX_INVALID', 'the file is not the one that the manifest names');
  return { ok: true, standing: delivery };
}

/** The bid that stands after these accepted acts. */
function standingBid(acts: readonly Command[]): Delivery | null {
  let standing: Delivery | null = null;
  for (const { type, public: payload } of acts) {
    if (type === 'bidding.withdraw') standing = null;
    if (type === 'bidding.deliver') standing = zDelivery.safeParse(payload).data ?? standing;
    if (type === 'bidding.replace') {
      const read = zReplacement.safeParse(payload);
      if (read.success) standing = zDelivery.parse(withoutReplaces(read.data));
    }
  }
  return standing;
}

const withoutReplaces = ({ replaces: _, ...delivery }: Delivery & { readonly replaces: string }): Delivery => delivery;

/** One standing bid with the act that made it stand. */
export interface StandingBid {
  readonly delivery: Delivery;
  readonly act: RecordedAct;
}

/** Acts decided again in the order of receipt; the bids that stand in the end, oldest delivery first. */
export function replayActs(
  state: LotState,
  acts: readonly RecordedAct[],
): { ok: true; bids: StandingBid[] } | { ok: false; message: string } {
  const byOrganisation = new Map<string, Command[]>();
  const standing = new Map<string, StandingBid>();
  const ids = new Set<string>();
  let before = '';
  for (const act of acts) {
    const { organisation, command, at } = act;
    if (at < before) return { ok: false, message: `act ${command.id} stands out of order` };
    if (ids.has(command.id)) return { ok: false, message: `act ${command.id} stands twice` };
    const earlier = byOrganisation.get(organisation.id) ?? [];
    const decision = decideAct(state, earlier, command, act);
    if (!decision.ok) return { ok: false, message: `act ${command.id}: ${decision.message}` };
    byOrganisation.set(organisation.id, [...earlier, command]);
    ids.add(command.id);
    before = at;
    if (decision.standing === null) standing.delete(organisation.id);
    else if (standing.get(organisation.id)?.delivery.bid !== decision.standing.bid) {
      standing.delete(organisation.id);
      standing.set(organisation.id, { delivery: decision.standing, act });
    }
  }
  return { ok: true, bids: [...standing.values()] };
}
