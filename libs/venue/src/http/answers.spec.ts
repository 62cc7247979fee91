import { zProblem } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, AnswersBytes, AnswersNothing } from './answers.js';

const zFact = z.object({ size: z.int() }).describe('A fact.');
const refusal = () => ApiResponse({ status: 'default', description: 'A refusal: see docs/error-codes.md.', standardSchema: zProblem });
const bytes = { 'application/zip': { schema: { type: 'string', format: 'binary' } } };

/** What the decorators leave on a handler, by name. */
function marks(...decorators: readonly MethodDecorator[]): Record<string, unknown> {
  const handler = (): void => undefined;
  for (const decorate of decorators) decorate({}, 'handler', { value: handler });
  return Object.fromEntries(Reflect.getMetadataKeys(handler).map((key: string) => [key, Reflect.getMetadata(key, handler) as unknown]));
}

describe('what a route answers', () => {
  it.each([
    ['a value', [Answers(zFact)], [ApiResponse({ status: 200, description: 'A fact.', standardSchema: zFact }), refusal()]],
    ['nothing', [AnswersNothing()], [ApiResponse({ status: 204, description: 'Done.' }), refusal()]],
    [
      'bytes',
      [AnswersBytes('application/zip', 'The archive.')],
      [ApiProduces('application/zip'), ApiResponse({ status: 200, description: 'The archive.', content: bytes }), refusal()],
    ],
  ] as const)('%s: is marked as the library’s own decorators mark it', (_what, ours, theirs) => {
    expect(marks(...ours)).toEqual(marks(...theirs));
    expect(Object.keys(marks(...ours)).length).toBeGreaterThan(0);
  });
});
