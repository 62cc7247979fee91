import { hasRole, isMember, isComplete, type LotState } from '@app/evaluation';
import type { Act } from '../../../service/commands/act.js';

/** Something that a party can and should do now, with one press: the act it signs, or the place where it is done. */
export interface Duty {
  /** Name in `duty` of the locale files. */
  readonly name: string;
  readonly act: Act | null;
  readonly goTo: 'desk' | null;
  /** What is done can not be undone: its consequence and article are shown before. */
  readonly isFinal: boolean;
}

const simple = (name: string, type: string, payload: Act['payload'] = {}, more: { step?: string; isFinal?: boolean } = {}): Duty => ({
  name,
  act: { type, payload, ...(more.step === undefined ? {} : { step: more.step }) },
  goTo: null,
  isFinal: more.isFinal ?? false,
});

type Rule = (state: LotState, party: string) => Duty | null;
const when =
  (role: Parameters<typeof hasRole>[2], rule: Rule): Rule =>
  (state, party) =>
    hasRole(state, party, role) ? rule(state, party) : null;
const member =
  (rule: Rule): Rule =>
  (state, party) =>
    isMember(state, party) ? rule(state, party) : null;

const signInToOpening: Rule = (state, party) =>
  ['SUBMISSION_CLOSED', 'OPENING'].includes(state.status) && !Object.hasOwn(state.opening.signedIn, party)
    ? simple('signInOpening', 'opening.sign-in')
    : null;

const atOpening =
  (step: LotState['opening']['step'], duty: (state: LotState, party: string) => Duty | null): Rule =>
  (state, party) =>
    state.status === 'OPENING' && state.opening.step === step && state.opening.paused === null ? duty(state, party) : null;

const signRecord = atOpening('RECORD_MADE', (state, party) =>
  state.opening.record === null || Object.hasOwn(state.opening.recordSignatures, party)
    ? null
    : simple('signRecord', 'opening.sign-record', { record: state.opening.record.hash }, { isFinal: true }),
);

const GATHERING = ['OPENED', 'QUALIFICATION_BY_PURCHASER', 'COMMITTEE_READY', 'EVALUATING'];

/** In the order in which they are done; each looks at the log alone, so a duty goes when its act is on the record. */
const RULES: readonly Rule[] = [
  when('agency', (state) => (state.status === 'SUBMISSION_CLOSED' ? simple('startOpening', 'opening.start', {}, { isFinal: true }) : null)),
  when('bidder', signInToOpening),
  when('tenderer', signInToOpening),
  when('agency', signInToOpening),
  when('witness', signInToOpening),
  when(
    'agency',
    atOpening('STARTED', () => simple('publishList', 'opening.publish-list')),
  ),
  when(
    'agency',
    atOpening('READ_OUT', () => simple('readOut', 'opening.read-out')),
  ),
  when(
    'bidder',
    atOpening('CONFIRMING', (state, party) =>
      Object.hasOwn(state.opening.confirmations, party) ? null : simple('confirmOpening', 'opening.confirm', {}, { isFinal: true }),
    ),
  ),
  when('bidder', signRecord),
  when('tenderer', signRecord),
  when('agency', signRecord),
  when('witness', signRecord),
  when(
    'agency',
    atOpening('RECORD_MADE', (state, party) =>
      Object.hasOwn(state.opening.recordSignatures, party) ? simple('closeOpening', 'opening.close') : null,
    ),
  ),
  member((state, party) => {
    const place = state.parties[party];
    if (!GATHERING.includes(state.status) || Object.hasOwn(state.committee.present, party) || place?.venue == null || place.seat === null)
      return null;
    return simple('signInSeat', 'committee.sign-in', { venue: place.venue, seat: place.seat });
  }),
  member((state, party) => {
    if (!GATHERING.includes(state.status) || state.committee.present[party]?.pledgedAt !== null) return null;
    return simple('pledge', 'committee.pledge', { recusal: false, discipline: true }, { isFinal: true });
  }),
  when('agency', (state) =>
    ['OPENED', 'QUALIFICATION_BY_PURCHASER'].includes(state.status) && isComplete(state) ? simple('formCommittee', 'committee.form') : null,
  ),
  member((state, party) => {
    const part = state.status === 'EVALUATING' && state.committee.step?.startsWith('scores:') === true ? state.committee.step : null;
    if (part === null) return null;
    const boxes = Object.entries(state.scoring.parts).find(([name]) => part === `scores:${name}`)?.[1];
    if (boxes === undefined || Object.hasOwn(boxes.boxes, party) || Object.hasOwn(boxes.opened, party)) return null;
    return { name: 'score', act: null, goTo: 'desk', isFinal: false };
  }),
  member((state, party) => {
    const { generated, ends } = state.report;
    if (state.status !== 'REPORT_SIGNING' || generated === null || Object.hasOwn(ends, party)) return null;
    return simple('signReport', 'report.sign', { report: generated.hash, mode: 'SIGNED' }, { isFinal: true });
  }),
  when('tenderer', (state) =>
    ['EVALUATED', 'REPORT_REVIEW'].includes(state.status) && state.report.deliveredAt !== null && state.report.reviewed === null
      ? simple('acceptReport', 'report.review', { outcome: 'ACCEPTED' }, { isFinal: true })
      : null,
  ),
  when('agency', (state) =>
    state.status === 'REPORT_REVIEW' &&
    state.report.reviewed?.outcome === 'ACCEPTED' &&
    state.award.publicity === null &&
    state.setup.ruleSet?.candidatePublicity === true
      ? simple('publishCandidates', 'award.publish-candidates', { until: null }, { isFinal: true })
      : null,
  ),
  when('tenderer', (state) =>
    state.status === 'AWARDING' && state.award.decided !== null && state.award.announced === null
      ? simple('announce', 'award.announce', {}, { isFinal: true })
      : null,
  ),
];

/** What this party owes now; nothing for the public and for lots that stand still. */
export function dutiesOf(state: LotState, party: string | null): readonly Duty[] {
  if (party === null) return [];
  const found = RULES.map((rule) => rule(state, party)).filter((duty) => duty !== null);
  return found.filter((duty, index) => found.findIndex((other) => other.name === duty.name) === index);
}
