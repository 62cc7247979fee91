/** Local time in epoch milliseconds from the monotonic clock: a change of the machine's wall clock does not move it. */
export const localNow = (): number => performance.timeOrigin + performance.now();

/** Local time as a wire instant, for `command.at`: evidence only, legal time is the venue's. */
export const localInstant = (): string => new Date(localNow()).toISOString();
