/** What passing over an expired bid rests on, as it goes on the record. */
export const EXPIRED_REASON = '投标有效期届满，投标人未同意延长（招标投标法实施条例第二十五条）';
