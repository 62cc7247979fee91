import { isInsider } from '../committee/index.js';
import type { Audience } from '../kernel/slice.js';
import { isOwner } from '../lot/index.js';

/** 评标报告: the committee and the supervisor at once, tenderer and agency when it is delivered (domain.md §2.2). */
export const seesReport: Audience = (viewer, state) => isInsider(viewer, state) || (state.report.deliveredAt !== null && isOwner(viewer));
export const seesFindings: Audience = (viewer, state) => isOwner(viewer) || isInsider(viewer, state);
