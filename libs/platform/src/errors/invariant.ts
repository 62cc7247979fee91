/** A broken invariant: a mistake of the program, never of its user. The unit of work it happens in must end. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(`invariant broken: ${message}`);
    this.name = 'InvariantError';
  }
}

/** Ends the unit of work when `condition` does not hold. For refusals a person can cause, throw `DomainError` instead. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (condition === false || condition === null || condition === undefined) throw new InvariantError(message);
}
