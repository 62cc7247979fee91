import {
  candidatesOf,
  isRepresentative,
  isSeparated,
  membersOf,
  owed,
  presenceOf,
  type Duty as Owed,
  type LotState,
} from '@app/evaluation';
import type { Act } from '../../../core/commands/act.js';

/** Something this party is to do now, as its screen offers it. What is owed says the engine; here stands how it is done. */
export interface Duty {
  /** Command type; its words are in `entry` of the locale files. */
  readonly command: string;
  readonly subject: string;
  /** Wire instant until which it can be done; null: open. */
  readonly until: string | null;
  /** Done with one press: what is signed. Null where more than a press is needed. */
  readonly act: Act | null;
  /** Done by choosing one party. `reason` is in the reader's words and goes on the record where the act asks for one. */
  readonly choice: { readonly options: readonly string[]; readonly act: (option: string, reason: string) => Act } | null;
  readonly goTo: 'desk' | null;
  /** Can not be undone: its consequence and article (`consequence` of the locale files) are shown before. */
  readonly isFinal: boolean;
}

type Payload = Act['payload'];
/** Acts whose content follows from the record. `null`: not now. */
const ONE_PRESS: Readonly<Record<string, (state: LotState, party: string) => Payload | null>> = {
  'opening.start': () => ({}),
  'opening.sign-in': () => ({}),
  'opening.publish-list': () => ({}),
  'opening.read-out': () => ({}),
  'opening.confirm': () => ({}),
  'opening.sign-record': ({ opening }) => (opening.record === null ? null : { record: opening.record.hash }),
  'opening.close': () => ({}),
  'committee.sign-in': (state, party) => {
    const place = state.parties[party];
    return place?.venue == null || place.seat === null ? null : { venue: place.venue, seat: place.seat };
  },
  'committee.pledge': (state, party) => (presenceOf(state, party) === undefined ? null : { recusal: false, discipline: true }),
  'committee.form': () => ({}),
  'report.sign': ({ report }) => (report.generated === null ? null : { report: report.generated.hash, mode: 'SIGNED' }),
  'report.review': () => ({ outcome: 'ACCEPTED' }),
  'award.publish-candidates': () => ({ until: null }),
  'award.announce': () => ({}),
};
/** Acts that name one party of several. */
const CHOICES: Readonly<Record<string, (state: LotState) => Duty['choice']>> = {
  'committee.elect-chair': (state) => ({
    options: state.committee.election.candidates ?? membersOf(state).filter((member) => mayChair(state, member)),
    act: (candidate) => ({
      type: 'committee.elect-chair',
      payload: { round: state.committee.election.round },
      secrets: { ballot: { candidate } },
    }),
  }),
  // 条例 55: the first candidate that was not passed over; another one needs a legal cause, which this screen does not take.
  'award.decide': (state) => {
    const first = candidatesOf(state).find(({ party }) => !Object.hasOwn(state.award.passedOver, party));
    if (isSeparated(state) || first === undefined) return null;
    return {
      options: [first.party],
      act: (winner, reason) => ({ type: 'award.decide', payload: {}, secrets: { decision: { winner, reason, passedOver: [] } } }),
    };
  },
};
const mayChair = (state: LotState, member: string): boolean =>
  state.setup.ruleSet?.representativeMayChair !== false || !isRepresentative(state, member);
const DESK: ReadonlySet<string> = new Set(['scoring.submit-sheet', 'review.submit-sheet']);
const FINAL: ReadonlySet<string> = new Set([
  'opening.start',
  'opening.confirm',
  'opening.sign-record',
  'committee.pledge',
  'report.sign',
  'report.review',
  'award.publish-candidates',
  'award.announce',
  'award.decide',
]);

/** What this party owes now, in the engine's order; nothing for the public. */
export const dutiesOf = (state: LotState, party: string | null): readonly Duty[] =>
  party === null ? [] : owed(state, party).map((duty) => asDuty(state, party, duty));

function asDuty(state: LotState, party: string, { command, subject, until }: Owed): Duty {
  const payload = ONE_PRESS[command]?.(state, party) ?? null;
  return {
    command,
    subject,
    until,
    act: payload === null ? null : { type: command, payload },
    choice: CHOICES[command]?.(state) ?? null,
    goTo: DESK.has(command) ? 'desk' : null,
    isFinal: FINAL.has(command),
  };
}

/** Names of commands that need a consequence text: those that can not be undone. */
export const FINAL_COMMANDS: readonly string[] = [...FINAL];

/** People the lot waits for now. Nodes act by themselves, and names say only who owes, never what. */
export const waitedFor = (state: LotState): readonly string[] =>
  Object.keys(state.parties).filter((party) => state.parties[party]?.roles.includes('node') !== true && owed(state, party).length > 0);
