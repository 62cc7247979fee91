import type { Answer, SignedCommand } from '@app/contracts';

/** Where a venue takes commands: the main venue decides them, a site keeps them until the main venue has. */
export abstract class CommandTaker {
  /**
   * The main venue's signed word; a refusal of a rule is an answer. `signed` is not believed: the taker reads it by its schema. Throws
   * QUEUED when the command is kept and waits, another documented code when it was neither decided nor kept.
   */
  abstract submit(signed: SignedCommand): Promise<Answer>;
  /** What became of a command. Throws QUEUED while it waits here, NOT_FOUND when it never came or left nothing behind. */
  abstract answerOf(id: string): Promise<Answer>;
  /** Answers that come after their sender was told QUEUED. Returns how to stop. */
  abstract onLate(listener: (answer: Answer, signed: SignedCommand) => void): () => void;
}
