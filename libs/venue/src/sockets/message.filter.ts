import type { Ack } from '@app/contracts';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { Problems } from '../problems/problems.js';

/** Every failure of a message as a documented code in its ack; the unexpected ones are logged and named by the request id alone. */
@Catch()
export class MessageFilter implements ExceptionFilter {
  constructor(private readonly problems: Problems) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const message = host.switchToWs().getPattern();
    ackOf(host)({ ok: false, ...this.problems.tell(error, 'a message could not be handled', { message }) });
  }
}

/** The ack among a message's arguments; a sender who wants no answer gets none. */
function ackOf(host: ArgumentsHost): Ack<unknown> {
  const ack: unknown = host.getArgs<unknown[]>().find((argument) => typeof argument === 'function');
  return typeof ack === 'function' ? (ack as Ack<unknown>) : () => undefined;
}
