/** Where a play stops and leaves the lot to people, in the order of a lot's life. What is left to do holds for hours: see `docs/guide/tour.md`. */
export const STAGES = {
  draft: { zh: '起草', left: 'created, with the keys of its opening trustees; not announced. No screen goes on from here yet' },
  submission: { zh: '投标', left: 'announced, open for bids for a week' },
  opening: {
    zh: '开标',
    left: 'the meeting has begun and the trustees have released their keys: every bidder decrypts its bid, within a day',
  },
  record: {
    zh: '开标记录',
    left: 'bids are read out: host, tenderer, witnesses and bidders sign the opening record, then the host closes',
  },
  draw: { zh: '抽取专家', left: 'the opening is over, experts are to be drawn. No screen goes on from here yet' },
  committee: { zh: '组建评标委员会', left: 'experts are drawn and called: members sign in and pledge, then the host forms the committee' },
  evaluation: { zh: '评标', left: 'the committee has its chair: every member hands in the sheet of the preliminary review' },
  scoring: { zh: '评分', left: 'the review is open: every member hands in the technical score sheet' },
  report: { zh: '评标报告', left: 'the ranking is computed: every member signs the evaluation report' },
  candidates: {
    zh: '候选人公示',
    left: 'the report is accepted: the agency publishes the candidates, late by the demonstration’s clock after a minute. Procurement has no publicity: the purchaser decides within five minutes, or the law does',
  },
  award: { zh: '定标', left: 'the publicity is over: the tenderer names the winner' },
  notice: { zh: '中标通知', left: 'the winner is named: the tenderer sends the notice of award' },
} as const;

export type StageName = keyof typeof STAGES;
const STAGE_NAMES = Object.keys(STAGES) as readonly StageName[];
export const isStage = (name: string): name is StageName => Object.hasOwn(STAGES, name);

/** Lots that stop before their deadline stay open for a week; the others reach it while the play waits. */
export const isBeforeDeadline = (stage: StageName | null): boolean => stage === 'draft' || stage === 'submission';

/** Thrown where a play was asked to stop: the lot is people's from here on. */
export class LeftToPeople extends Error {
  constructor(readonly stage: StageName) {
    super(`left at ${stage}`);
  }
}

/** The stages with a sentence each, for whoever asks or names one that is none. */
export const stageList = (): string =>
  STAGE_NAMES.map((name) => `  ${name.padEnd(12)}${STAGES[name].zh}: ${STAGES[name].left}.\n`).join('');
