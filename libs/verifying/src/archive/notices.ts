import { type VisibleEntry, zCalendarYear } from '@app/contracts';
import type { Award, Evidence, LotState } from '@app/evaluation';
import {
  awardOf,
  firstClash,
  foundOf,
  isRankBound,
  isSeparated,
  openedBidders,
  own,
  resultOf,
  reviewedBidders,
  reviewResult,
  secretEntryOf,
  standingsOf,
  textOf,
  zPerson,
} from '@app/evaluation';
import { bindingsOf } from '../judge/bindings.js';

/** What the verifier tried again of what put bids out. */
export interface Retested {
  /** By bid: what came of opening it again, in words. */
  readonly bids: ReadonlyMap<string, string>;
  /** Did the rules, asked again with everything that they need, decide this entry as it stands? */
  readonly isDecidedAgain: (seq: number) => boolean;
}
const NOT_RETESTED: Retested = { bids: new Map(), isDecidedAgain: () => false };

/** Types of the entries on which it rests that a bid or an act is out: whether they were decided again is told. */
export const EXCLUDES = /^(bidding\.lock|review\..+|motions\..+)$/;

/**
 * What a reader must know beside a verdict, in sentences: who was left out and on what ground, who was passed over or replaced, what was
 * ordered, and where one person or organisation stands on several sides. All of it may be lawful; none of it may be overlooked.
 */
export function noticesOf(state: LotState, visible: readonly VisibleEntry[], retested = NOT_RETESTED): string[] {
  const name = (party: string): string => own(state.opening.names, party) ?? party;
  return [
    separation(state),
    ...enteredYears(visible),
    ...exclusions(state, visible, name, retested),
    ...mapping(visible),
    ...awardNotices(state, name),
    ...Object.entries(state.committee.excused).map(([member, { at, cause }]) => `member replaced 更换成员: ${member}, ${cause}, ${at}`),
    ...state.setup.orders.map(
      ({ kind, by, at, reason, fault }) =>
        `order 监督指令: ${kind}${fault === null ? '' : ` of check ${fault.check} in entry ${fault.entry}`} by ${by}, ${at}: ${reason}`,
    ),
    ...state.setup.reEvaluations.map(({ ground, at }) => `evaluated again 重新评审: ${ground}, ${at}`),
    ...sharedBy(state, visible, 'person', 'one person under several names'),
    ...sharedBy(state, visible, 'organisation', 'one organisation on several sides'),
  ];
}

/** Rest days that the rules did not have: the installation entered them, and limits of the lot were counted by them. */
const enteredYears = (visible: readonly VisibleEntry[]): string[] =>
  visible
    .flatMap((entry) => secretEntryOf(entry).events)
    .flatMap(({ type, calendar }) => (type === 'lot.published' ? (zCalendarYear.array().safeParse(calendar).data ?? []) : []))
    .map(({ year, source }) => `rest days of ${String(year)} entered by the installation 节假日安排: ${source}`);

/** Whether the roles are different persons and organisations, by the rules' own table of excluded pairs, as far as names are shown. */
function separation(state: LotState): string {
  const people = Object.values(state.parties).filter(({ admittedAs }) => !admittedAs.includes('node')).length;
  const shown = standingsOf(state).filter(({ person }) => person !== null);
  const clash = firstClash(shown);
  return clash === null
    ? `roles 职责分离: ${shown.length} of ${people} people are shown; each is another person, and none is of an organisation that excludes the role`
    : `roles that exclude each other 职责冲突: ${clash.message}`;
}

/** Every bid and act that is out, on what ground, and what came of testing that again. */
function exclusions(
  state: LotState,
  visible: readonly VisibleEntry[],
  name: (party: string) => string,
  { bids, isDecidedAgain }: Retested,
): string[] {
  const again = (seq: number | undefined): string =>
    seq !== undefined && isDecidedAgain(seq) ? '; the rules decide it again' : '; not decided again with what is shown here';
  const failed = Object.entries(state.opening.bids).flatMap(([bid, { status, result, fault, explanation }]) => {
    if (status !== 'FAILED_BIDDER_FAULT' && status !== 'FAILED_OTHER_FAULT') return [];
    const finding = own(state.opening.findings, bid);
    const by = finding?.countersignedBy == null ? '' : ` (found by ${finding.by}, countersigned by ${finding.countersignedBy})`;
    const bidder = name(own(state.bidding.bids, bid)?.bidder ?? bid);
    const tested = bids.get(bid);
    return [
      `bid not opened 未解密: ${bidder}, ${result ?? ''}, fault ${fault ?? ''}${explanation === null ? '' : `: ${explanation}`}${by}${tested === undefined ? '' : `; ${tested}`}`,
    ];
  });
  const { qualification, concluded } = state.review;
  const qualified = qualification === null ? [] : reviewedBidders(state);
  // The purchaser's sheet is not for everybody: where it is not shown, nobody is known to have passed.
  const unqualified =
    qualification?.passed === qualified.length
      ? openedBidders(state)
          .filter((bidder) => !qualified.includes(bidder))
          .map((bidder) => `bid not qualified 资格审查不合格: ${name(bidder)}, found by the purchaser${again(qualification.seq)}`)
      : [];
  const rejected = (reviewResult(state)?.rejected ?? []).map(
    ({ bidder, grounds, items }) =>
      `bid rejected 否决: ${name(bidder)}, ${grounds.join(', ')} (${items.map(({ item, fails, members }) => `${item} ${fails} of ${members}`).join(', ')})${again(concluded?.seq)}`,
  );
  const later = foundOf(state)
    .filter(({ outcome }) => outcome === 'REJECTED')
    .map(({ bidder, ground, reason, seq }) => `bid rejected by motion 表决否决: ${name(bidder)}, ${ground ?? ''}: ${reason}${again(seq)}`);
  const lock = visible.find(({ header }) => header.type === 'bidding.lock')?.header.seq;
  const dropped = state.bidding.dropped.map(
    ({ act, code, message }) => `act not counted 未计入: ${act}, ${code}: ${message}${again(lock)}`,
  );
  return [...dropped, ...failed, ...unqualified, ...rejected, ...later];
}

/** Who stands behind the pseudonyms of the draw, as far as this reader is told: the walk knows pseudonyms only. */
function mapping(visible: readonly VisibleEntry[]): string[] {
  const calls = visible.flatMap((entry) =>
    secretEntryOf(entry).events.flatMap(({ type, candidate, outcome, party }) => {
      if (type !== 'draw.called') return [];
      const person = zPerson.safeParse(entry.parts['x:person']).data?.id ?? null;
      const became = typeof party === 'string' ? ` as ${party}` : '';
      return [{ person, text: `${textOf(candidate)} ${textOf(outcome)}${became}${person === null ? '' : ` is ${person}`}` }];
    }),
  );
  if (calls.length === 0) return [];
  const unseen = calls.filter(({ person }) => person === null).length;
  const lacks = unseen === 0 ? '' : `; of ${unseen} of ${calls.length} it is not shown who they are`;
  return [`draw’s mapping 抽取对应: ${calls.map(({ text }) => text).join(', ')}${lacks}`];
}

/** How the award came to be where it was not simply rank 1 or a full vote; every pass-over with what it rests on (条例 55). */
function awardNotices(state: LotState, name: (party: string) => string): string[] {
  const { passedOver, decided, rounds, vote, substituted } = state.award;
  const award = awardOf(state);
  const passed = [
    ...Object.entries(passedOver).map(([bidder, { cause, evidence }]) => ({ bidder, cause, evidence })),
    ...(award?.passedOver ?? []),
  ];
  return [
    ...passed.map(({ bidder, cause, evidence }) => `passed over 递补: ${name(bidder)}, ${cause}, ${evidenceText(cause, evidence ?? null)}`),
    ...(decided?.deemed === true ? [`nobody decided 视同确定: rank 1 is the winner by 87号令 68, ${decided.at}`] : []),
    ...(award === null ? [] : chosenFreely(state, award, name)),
    ...substituted.map(({ absent, substitute, round }) => `award member absent 缺席: ${substitute} sat in for ${absent} in round ${round}`),
    ...[...rounds, vote].flatMap(({ round, absent, outcome }) =>
      absent === null
        ? []
        : [`award members absent 缺席: round ${round} ${outcome === 'VOID' ? 'was void' : 'was counted'} without ${absent.join(', ')}`],
    ),
  ];
}

function evidenceText(cause: string, evidence: Evidence | null): string {
  if (evidence === null) return 'on the word of the tenderer alone 仅凭招标人陈述';
  const { seq, by, at } = evidence;
  if (cause === 'INVALID_VALIDITY') return `valid until ${at} by entry ${seq}`;
  return cause === 'NO_PERFORMANCE_SECURITY' ? `due by ${at} as entry ${seq} set` : `said by ${by} in entry ${seq}, ${at}`;
}

/** 招标投标法 40: where rank 1 does not bind, the tenderer's choice of another is lawful, and shown with its reason. */
function chosenFreely(state: LotState, { winner, reason, passedOver }: Award, name: (party: string) => string): string[] {
  if (state.setup.rules === null || isRankBound(state) || isSeparated(state)) return [];
  const rows = resultOf(state)?.rows ?? [];
  const rank = rows.find(({ party }) => party === winner)?.rank ?? 0;
  const isOver = (party: string): boolean =>
    own(state.award.passedOver, party) !== undefined || passedOver.some(({ bidder }) => bidder === party);
  const better = rows.filter((row) => row.rank < rank && !isOver(row.party)).map(({ party }) => name(party));
  return better.length === 0 ? [] : [`chosen before better ranks 未按排名定标: ${name(winner)} before ${better.join(', ')}: ${reason}`];
}

/** Bidders of one organisation, a supervisor who scores: what an engine refuses is not here, what an older one let pass is. */
function sharedBy(state: LotState, visible: readonly VisibleEntry[], kind: 'person' | 'organisation', what: string): string[] {
  const parties = new Map<string, { name: string; parties: Set<string> }>();
  for (const { party, binding } of visible.flatMap(bindingsOf)) {
    const who = binding?.[kind] ?? null;
    if (who === null) continue;
    const known = parties.get(who.id) ?? { name: who.name, parties: new Set<string>() };
    parties.set(who.id, known);
    known.parties.add(party);
  }
  return [...parties.values()]
    .filter(
      (known) => new Set([...known.parties].map((party) => sideOf(state, party))).size > 1 || (kind === 'person' && known.parties.size > 1),
    )
    .map((known) => `${what}: ${known.name} is ${[...known.parties].join(', ')}`);
}

/** The tenderer's people in both committees stand with the tenderer; everybody else with his kind. */
function sideOf(state: LotState, party: string): string {
  const [role = party] = own(state.parties, party)?.admittedAs ?? [];
  return role === 'tenderer-representative' || role === 'award-member' ? 'tenderer' : role;
}
