import { zProblem } from '@app/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

const refusal = (): MethodDecorator =>
  ApiResponse({ status: 'default', description: 'A refusal: see docs/error-codes.md.', standardSchema: zProblem });

/** What a route answers, by its schema: /api/docs shows it, and the tests that read it parse by the same one. */
export const Answers = (schema: z.ZodType, status = 200): MethodDecorator =>
  applyDecorators(ApiResponse({ status, description: schema.description ?? '', standardSchema: schema }), refusal());

/** A route without a body in its answer. */
export const AnswersNothing = (status = 204): MethodDecorator => applyDecorators(ApiResponse({ status, description: 'Done.' }), refusal());

/** A route whose answer is no JSON. */
export const AnswersBytes = (contentType: string, description: string): MethodDecorator =>
  applyDecorators(
    ApiProduces(contentType),
    ApiResponse({ status: 200, description, content: { [contentType]: { schema: { type: 'string', format: 'binary' } } } }),
    refusal(),
  );
