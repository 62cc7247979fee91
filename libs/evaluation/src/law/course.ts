import { COURSE } from '../kernel/status.js';
import type { Regime } from './rule-set.js';

type OnCourse = (typeof COURSE)[number];
/** 候选人公示 is the tender law's (条例 54), 采购人资格审查 the procurement law's (87号令 44). */
const LEFT_OUT: Readonly<Record<Regime, OnCourse>> = { TENDER_LAW: 'QUALIFICATION_BY_PURCHASER', GOV_PROCUREMENT: 'CANDIDATE_PUBLICITY' };

/** The ordinary course of a lot under this law. */
export const courseOf = (regime: Regime): readonly OnCourse[] => COURSE.filter((status) => status !== LEFT_OUT[regime]);
