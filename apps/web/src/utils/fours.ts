/** Groups of four, as people read a fingerprint aloud; none of an empty text. */
export const inFours = (text: string): readonly string[] => text.match(/.{1,4}/g) ?? [];
