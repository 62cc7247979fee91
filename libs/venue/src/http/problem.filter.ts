import { isDomainError } from '@app/platform';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import type { Request, Response } from 'express';
import { statusOf } from '../problems/problem.js';
import type { Problems } from '../problems/problems.js';
import { clientAddress } from '../rates/client-address.js';

const TOO_MANY = 429;
/** Where nobody counted: queues are short. */
const DEFAULT_RETRY_SECONDS = 1;

function waitOf(error: unknown): number {
  const seconds = isDomainError(error) ? error.details['retryAfterSeconds'] : undefined;
  return typeof seconds === 'number' ? seconds : DEFAULT_RETRY_SECONDS;
}

/** Every failure of an HTTP request as a documented code; the unexpected ones are logged and named by the request id alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly problems: Pick<Problems, 'tell'>,
    /** Proxies that this venue stands behind. */
    private readonly proxies = 0,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    const address = clientAddress(request, this.proxies);
    const problem = this.problems.tell(error, 'a request failed', { path: request.path, address });
    // What was sent of a good answer cannot be taken back: the other end sees it break off.
    if (response.headersSent) response.destroy();
    else {
      if (statusOf(problem.code) === TOO_MANY) response.setHeader('Retry-After', String(waitOf(error)));
      response.status(statusOf(problem.code)).json(problem);
    }
  }
}
