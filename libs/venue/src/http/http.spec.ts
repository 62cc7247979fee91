import { DomainError } from '@app/platform';
import type { ArgumentsHost } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { problemOf } from '../problems/problem.js';
import { ProblemFilter } from './problem.filter.js';
import { protection } from './set-up.js';
import { isPageAsked } from './web-client.js';

describe('the filter of failures', () => {
  function caught(error: unknown, headersSent: boolean) {
    const done: unknown[] = [];
    const response = {
      headersSent,
      destroy: () => done.push('destroyed'),
      setHeader: (name: string, value: string) => done.push(`${name}: ${value}`),
      status: (status: number) => ({ json: (body: unknown) => done.push(status, body) }),
    };
    const http = { getResponse: () => response, getRequest: () => ({ path: '/x', headers: {}, socket: {} }) };
    const filter = new ProblemFilter({
      tell: (given) => problemOf(given, 'r-1') ?? { code: 'INTERNAL', message: 'ours', requestId: 'r-1' },
    });
    filter.catch(error, { switchToHttp: () => http } as ArgumentsHost);
    return done;
  }

  it('answers with the status and the code', () => {
    const body = { code: 'NOT_FOUND', message: 'no such lot', requestId: 'r-1' };
    expect(caught(new DomainError('NOT_FOUND', 'no such lot'), false)).toEqual([404, body]);
    expect(caught(new Error('x'), false)).toEqual([500, { code: 'INTERNAL', message: 'ours', requestId: 'r-1' }]);
  });

  it('SEC-19 says when to come again to whoever asked too often', () => {
    const error = new DomainError('RATE_LIMITED', 'too many', { details: { retryAfterSeconds: 42 } });
    const body = { code: 'RATE_LIMITED', message: 'too many', requestId: 'r-1' };
    expect(caught(error, false)).toEqual(['Retry-After: 42', 429, body]);
    expect(caught(new DomainError('RATE_LIMITED', 'too many'), false)).toEqual(['Retry-After: 1', 429, body]);
  });

  it('breaks an answer off that has begun', () => {
    expect(caught(new Error('x'), true)).toEqual(['destroyed']);
  });
});

describe('the protective headers', () => {
  function headersFor(publicUrl: string) {
    const request = new IncomingMessage(new Socket());
    const response = new ServerResponse(request);
    protection(publicUrl)(request, response, () => undefined);
    return response.getHeaders();
  }

  it('ask a browser for TLS only where the venue has it', () => {
    const [plain, tls] = [headersFor('http://127.0.0.1:7100'), headersFor('https://gongping.example')];
    expect(tls).toHaveProperty('strict-transport-security');
    expect(plain).not.toHaveProperty('strict-transport-security');
    for (const headers of [plain, tls]) expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });

  it("SEC-26 name the venue's own sockets, with TLS where it has it", () => {
    const connect = (url: string) => /connect-src [^;]*/.exec(String(headersFor(url)['content-security-policy']))?.[0];
    expect(connect('http://127.0.0.1:7100')).toBe("connect-src 'self' ws://127.0.0.1:7100");
    expect(connect('https://gongping.example/')).toBe("connect-src 'self' wss://gongping.example");
  });
});

describe('the page of the web client', () => {
  const asked = (method: string, path: string, isHtml = true): boolean =>
    isPageAsked({ method, path, accepts: () => (isHtml ? 'html' : false) }, new Set(['api', 'socket.io']));

  it.each(['/', '/lots/lot-1', '/apiary', '/login'])('is the answer to %s', (path) => {
    expect(asked('GET', path)).toBe(true);
  });

  it.each([
    ['an address of the server', 'GET', '/api/no-such-thing'],
    ['its first segment alone', 'GET', '/api'],
    ['a segment with a dot', 'GET', '/socket.io/'],
    ['a file that is missing', 'GET', '/assets/old-build.js'],
    ['a message', 'POST', '/lots/lot-1'],
  ])('is not the answer to %s', (_name, method, path) => {
    expect(asked(method, path)).toBe(false);
  });

  it('is not the answer to who wants something else', () => {
    expect(asked('GET', '/lots/lot-1', false)).toBe(false);
  });
});
