import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Inject } from '@nestjs/common';
import { ERROR_CODES, type Problem } from '@app/contracts';
import { Ids, type Logger } from '@app/platform';
import type { Request, Response } from 'express';
import { LOGGER } from '../core/tokens.js';
import { problemOf, statusOf } from './problem.js';

/** Every failure of an HTTP request as a documented code; the unexpected ones are logged and named by the request id alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    const requestId = this.ids.next();
    const known = problemOf(error, requestId);
    if (known === null) this.logger.error({ err: error, requestId, path: request.path }, 'a request failed');
    const problem: Problem = known ?? { code: 'INTERNAL', message: ERROR_CODES.INTERNAL, requestId };
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(known === null ? 500 : statusOf(known.code)).json(problem);
  }
}
