import type { Context, JsonValue, LotEvent } from '@app/contracts';
import { isMember, membersOf } from '../committee/index.js';
import { type CELL_GROUNDS, SCORE_PARTS } from '../lot/index.js';
import { accept, type Accepted, command, type Decision, refuse } from '../kernel/slice.js';
import { disclosed, type LotState } from '../kernel/state.js';
import type { LotStatus } from '../kernel/status.js';
import { type Of, zNothing } from '../kernel/fields.js';
import { type Cell, zOutlierVote, zReopen, zReopening } from './commands.js';
import { bareDues, itemsOfPart } from './sheets.js';
import * as audience from './audience.js';

/** From the aggregation until the award is decided. */
const AGGREGATED: readonly LotStatus[] = ['REPORT_SIGNING', 'EVALUATED', 'REPORT_REVIEW', 'CANDIDATE_PUBLICITY', 'AWARDING'];

const keyOf = ({ part, member, bidder, item }: Cell): string => `${part}/${member}/${bidder}/${item}`;

/** Cells that an entry opened again, when this reader may see them. */
const cellsOf = (state: LotState, seq: number): readonly Cell[] =>
  zReopening.safeParse(disclosed(state, seq, 'd:reopening')).data?.cells ?? [];

/** Cells that a member judges again now. */
export function reopenedCells(state: LotState, part: Cell['part'], member: string): readonly Cell[] {
  const last = state.scoring.reopenings.at(-1);
  if (last === undefined || state.scoring.reopened[part]?.includes(member) !== true) return [];
  return cellsOf(state, last).filter((cell) => cell.part === part && cell.member === member);
}

/** 87号令 64(3): members hold different values of an objective item, whatever they confirmed; whoever stands apart judges it again. */
function differences(state: LotState): Cell[] {
  const cells = SCORE_PARTS.flatMap((part) =>
    bareDues(state, part).mismatches.flatMap(({ bidder, item, owing }) => owing.map((member) => ({ part, member, bidder, item }))),
  );
  return unseen(state, cells);
}

/** 87号令 64(4): the subjective items of a member whose total for a bidder the rules mark as far from the others'. */
function outlierCells(state: LotState, { part, member, bidder }: Omit<Cell, 'item'>): Cell[] {
  const isMarked = bareDues(state, part).outliers.some((one) => one.member === member && one.bidder === bidder);
  const items = itemsOfPart(state, part).filter(({ objective }) => !objective);
  return isMarked
    ? unseen(
        state,
        items.map(({ id }) => ({ part, member, bidder, item: id })),
      )
    : [];
}

/** Nobody has a cell judged again and again until he likes it. */
function unseen(state: LotState, cells: readonly Cell[]): Cell[] {
  const seen = new Set(state.scoring.reopenings.flatMap((seq) => cellsOf(state, seq).map(keyOf)));
  return cells.filter((cell) => !seen.has(keyOf(cell)));
}

/** 87号令 64: the same committee judges these cells again, the other scores stand; the entry is the report to the authority. */
function reopening(
  ground: (typeof CELL_GROUNDS)[number],
  by: readonly string[],
  cells: readonly Cell[],
  reason: string,
  at: string,
): Accepted {
  const owing = Object.fromEntries(
    SCORE_PARTS.flatMap((part) => {
      const members = [...new Set(cells.filter((cell) => cell.part === part).map(({ member }) => member))].sort();
      return members.length === 0 ? [] : [[part, members] as const];
    }),
  );
  const events: LotEvent[] = [
    { type: 'lot.re-evaluation-started', at, ground, reason, committee: 'cells' },
    { type: 'scoring.cells-reopened', at, owing },
  ];
  const derived: Record<string, JsonValue> = { reopening: { v: 1, ground, by: [...by], cells: cells.map((cell) => ({ ...cell })) } };
  return accept(events, derived);
}

/** Whose notice has gone out once has the award until the law takes it from him (条例 55); scores do not move behind it. */
const isTooLate = ({ award }: LotState): boolean => award.announced !== null || Object.keys(award.passedOver).length > 0;
const TOO_LATE = refuse('WRONG_STATE', 'the result was announced: its scores stand');

function reopen(state: LotState, { payload: { reason } }: Of<typeof zReopen>, { at }: Context): Decision {
  if (isTooLate(state)) return TOO_LATE;
  const cells = differences(state);
  if (cells.length === 0) return refuse('E_INPUT', 'no objective item stands differently in the sheets, or it was judged again before');
  return reopening('OBJECTIVE_DIFFERENCE', [], cells, reason, at);
}

/** 畸高畸低: the rules mark it, the committee recognises it; with the vote that makes the majority the cells are open. */
function recogniseOutlier(state: LotState, asked: Of<typeof zNothing>, { at }: Context): Decision {
  const read = zOutlierVote.safeParse(asked.opened['outlier']);
  if (!read.success) return refuse('E_INPUT', 'secrets.outlier: missing');
  if (!isMember(state, asked.party)) return refuse('FORBIDDEN', 'you are not a member of the committee');
  if (isTooLate(state)) return TOO_LATE;
  const { reason, ...named } = read.data;
  const cells = outlierCells(state, named);
  if (cells.length === 0)
    return refuse(
      'E_INPUT',
      `secrets.outlier: the rules mark no outlier of ${named.member} for ${named.bidder}, or it was judged again before`,
    );
  const voters = votersFor(state, named);
  if (voters.includes(asked.party)) return refuse('E_ALREADY_DONE', 'you have recognised this outlier');
  const by = [...voters, asked.party].sort();
  const voted: LotEvent = { type: 'scoring.outlier-voted', member: asked.party };
  if (by.length * 2 <= membersOf(state).length) return accept([voted]);
  const { events, derived } = reopening('OUTLIER', by, cells, reason, at);
  return accept([voted, ...events], derived);
}

function votersFor(state: LotState, { part, member, bidder }: Omit<Cell, 'item'>): string[] {
  return state.scoring.outlierVotes.flatMap((seq) => {
    const vote = zOutlierVote.safeParse(disclosed(state, seq, 'x:outlier')).data;
    const voter = state.secretEntries[seq]?.party ?? null;
    const isSame = vote?.part === part && vote.member === member && vote.bidder === bidder;
    return isSame && voter !== null && isMember(state, voter) ? [voter] : [];
  });
}

const REOPENING = ['lot.re-evaluation-started', 'scoring.cells-reopened'];

export const reopeningCommands = {
  'scoring.reopen': command({
    schema: zReopen,
    roles: ['tenderer', 'agency', 'supervisor'],
    states: AGGREGATED,
    assurance: 'certificate',
    decide: reopen,
    makes: REOPENING,
    audience: { 'd:reopening': audience.seesDues },
  }),
  'scoring.recognise-outlier': command({
    schema: zNothing,
    secrets: { outlier: zOutlierVote },
    roles: ['expert', 'tenderer-representative'],
    states: AGGREGATED,
    assurance: 'certificate',
    decide: recogniseOutlier,
    makes: ['scoring.outlier-voted', ...REOPENING],
    audience: { 'x:outlier': audience.seesDues, 'd:reopening': audience.seesDues },
  }),
};
