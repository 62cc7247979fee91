import { ERROR_CODES, isErrorCode, type ErrorCode } from '@app/contracts';
import { DomainError, FakeClock, SequentialIds } from '@app/platform';
import { HttpException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { isPassing, problemOf, statusOf } from './problem.js';
import { Problems } from './problems.js';

const CODES = Object.keys(ERROR_CODES).filter(isErrorCode);
/** As Express and its body parser throw. */
const httpError = (status: number, more: object = {}): Error => Object.assign(new Error('as the library says it'), { status, ...more });

describe('the status of a code', () => {
  it.each(CODES)('%s has one that tells a failure', (code) => {
    expect([400, 401, 403, 404, 409, 413, 416, 429, 500, 503]).toContain(statusOf(code));
  });

  it.each<[ErrorCode, number]>([
    ['E_INPUT', 400],
    ['CERT_REVOKED', 401],
    ['NO_PART', 403],
    ['E_DEADLINE_PASSED', 409],
    ['QUEUED', 409],
    ['INTERNAL', 500],
    ['READ_ONLY', 503],
  ])('of %s is %d', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });

  it('asks a client to come again by 429 and 5xx, and for nothing else', () => {
    for (const code of CODES) expect(isPassing(code)).toBe(statusOf(code) === 429 || statusOf(code) >= 500);
  });

  it('is asked for documented codes only', () => {
    expect(isErrorCode('MALFORMED')).toBe(true);
    for (const code of ['', 'E_NO_SUCH_CODE', 'toString']) expect(isErrorCode(code)).toBe(false);
  });
});

describe('what a stranger is told of an error', () => {
  it.each<[string, unknown, object]>([
    ['a refusal', new DomainError('WRONG_STATE', 'not now'), { code: 'WRONG_STATE', message: 'not now' }],
    ['a database that is away', Object.assign(new Error('x'), { code: '57P03' }), { code: 'UNAVAILABLE' }],
    ['a body that is no JSON', httpError(400, { type: 'entity.parse.failed' }), { code: 'MALFORMED', message: 'The body is not JSON.' }],
    ['another bad request', httpError(415), { code: 'MALFORMED', message: 'as the library says it' }],
    ['a large body', httpError(413), { code: 'TOO_LARGE' }],
    ['an address that is none', new HttpException('Cannot GET /x', 404), { code: 'NOT_FOUND', message: ERROR_CODES.NOT_FOUND }],
  ])('%s', (_name, error, problem) => {
    expect(problemOf(error, 'r-1')).toMatchObject({ ...problem, requestId: 'r-1' });
  });

  it.each([
    ['a mistake of ours', new TypeError('secret is not a function')],
    ['a failure that a library blames on the server', httpError(502)],
    ['no error at all', 'secret'],
    ['nothing', null],
  ])('%s is told by the request id alone, and logged beside it', (_name, error) => {
    const logged: [object, string | undefined][] = [];
    const problems = new Problems(
      { error: (facts: object, text?: string) => logged.push([facts, text]) },
      new SequentialIds(new FakeClock()),
    );
    expect(problemOf(error, 'r-1')).toBeNull();
    const { requestId, ...told } = problems.tell(error, 'it failed', { path: '/x' });
    expect(told).toEqual({ code: 'INTERNAL', message: ERROR_CODES.INTERNAL });
    expect(logged).toEqual([[{ err: error, requestId, path: '/x' }, 'it failed']]);
  });

  it('a failure with a code of its own stays out of the log, and each has its request id', () => {
    const logged: object[] = [];
    const problems = new Problems({ error: (facts: object) => logged.push(facts) }, new SequentialIds(new FakeClock()));
    const told = [1, 2].map(() => problems.tell(new DomainError('NOT_FOUND', 'no such lot'), 'it failed'));
    expect(told.map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(told[0]?.requestId).not.toBe(told[1]?.requestId);
    expect(logged).toEqual([]);
  });
});
