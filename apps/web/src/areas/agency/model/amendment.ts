import { amendedDeadline, lastAmendment, type RuleSet } from '@app/evaluation';

/** What an agency writes of a change; `deadline`: as a wire instant, empty where it stays. */
export interface AmendmentDraft {
  readonly summary: string;
  readonly affectsBids: boolean;
  readonly deadline: string;
}

/** Why the rules would not take it now; `date`: the first lawful deadline. */
export interface AmendmentFault {
  readonly key: 'over' | 'summary' | 'backwards' | 'tooSoon';
  readonly date: string | null;
}

/** 条例 21 (澄清修改), before anything is signed; the main venue asks again by its own clock. `present`: the deadline for bids. */
export function amendmentFault(draft: AmendmentDraft, law: RuleSet, present: string, at: string): AmendmentFault | null {
  if (at >= present) return { key: 'over', date: null };
  if (draft.summary.trim() === '') return { key: 'summary', date: null };
  const deadline = draft.deadline === '' ? present : draft.deadline;
  if (deadline < present) return { key: 'backwards', date: present };
  if (draft.affectsBids && at >= lastAmendment(law, deadline)) return { key: 'tooSoon', date: amendedDeadline(law, at) };
  return null;
}

/** 答疑: the summary with one more question, to be answered behind it. `words`: what stands before a question, and before its answer. */
export const quoted = (summary: string, text: string, words: { readonly question: string; readonly answer: string }): string =>
  `${summary.trim() === '' ? '' : `${summary.trimEnd()}\n`}${words.question}${text.trim()}\n${words.answer}`;

/** Number of the amendment that answers a question: the one that repeats it as {@link quoted} does; null while none does. */
export const answeredIn = (text: string, amendments: readonly { readonly number: number; readonly summary: string }[]): number | null =>
  amendments.find(({ summary }) => summary.includes(`${text.trim()}\n`))?.number ?? null;
