/** Exit status. A file that cannot be read: 4; the lot or the bidder is not what is needed, or not proven: 2; the bid has faults: 1. */
export const EXIT = { GOOD: 0, FAULTY: 1, REFUSED: 2, UNREADABLE: 4 } as const;

/** Why nothing may be sealed, whatever the bid says: the lot, its keys, or who seals. `code` is one of docs/error-codes.md. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
