const MEGABYTE = 1_048_576;

/** `1.5 MB`, as people read a file's size; at least a tenth. */
export const inMegabytes = (bytes: number): string => `${Math.max(0.1, bytes / MEGABYTE).toFixed(1)} MB`;
