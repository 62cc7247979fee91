import { zProblem } from '@app/contracts';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

/**
 * Where @nestjs/swagger, which the main venue's /api/docs are made by, looks on a handler. The two names are written here because the
 * library costs a process 530 modules at its start, and a site shows no docs; a test compares them with what its own decorators do.
 */
export const RESPONSES = 'swagger/apiResponse';
const PRODUCES = 'swagger/apiProduces';

const REFUSAL = { description: 'A refusal: see docs/error-codes.md.', standardSchema: zProblem };

const answers = (status: number, response: Readonly<Record<string, unknown>>): MethodDecorator =>
  SetMetadata(RESPONSES, { [status]: response, default: REFUSAL });

/** What a route answers, by its schema: /api/docs shows it, and the tests that read it parse by the same one. */
export const Answers = (schema: z.ZodType, status = 200): MethodDecorator =>
  answers(status, { description: schema.description ?? '', standardSchema: schema });

/** A route without a body in its answer. */
export const AnswersNothing = (status = 204): MethodDecorator => answers(status, { description: 'Done.' });

/** A route whose answer is no JSON. */
export const AnswersBytes = (contentType: string, description: string): MethodDecorator =>
  applyDecorators(
    SetMetadata(PRODUCES, [contentType]),
    answers(200, { description, content: { [contentType]: { schema: { type: 'string', format: 'binary' } } } }),
  );
