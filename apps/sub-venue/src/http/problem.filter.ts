import { ERROR_CODES } from '@app/contracts';
import { Ids, type Logger } from '@app/platform';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LOGGER } from '../core/tokens.js';
import { problemOf, statusOf } from './problem.js';

/** Every failure of an HTTP request as a documented code; unexpected ones are logged and named by the request id alone. */
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
    const problem = problemOf(error, requestId);
    if (problem === null) this.logger.error({ err: error, requestId, path: request.path }, 'a request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .status(problem === null ? 500 : statusOf(problem.code))
      .json(problem ?? { code: 'INTERNAL', message: ERROR_CODES.INTERNAL, requestId });
  }
}
