import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { createLogger, DomainError, FakeClock, invariant, InvariantError, isDomainError, SequentialIds, SystemIds } from './index.js';
import { snakeCase } from './database/index.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  it('are UUIDs of version 7 that sort by the time they were made', () => {
    const ids = new SystemIds();
    const made = Array.from({ length: 200 }, () => ids.next());
    for (const id of made) expect(id).toMatch(UUID_V7);
    expect([...made].sort()).toEqual(made);
  });

  it('repeat from run to run in tests, and differ from each other', () => {
    const make = (): string[] => {
      const ids = new SequentialIds(new FakeClock());
      return [ids.next(), ids.next()];
    };
    expect(make()).toEqual(make());
    expect(new Set(make()).size).toBe(2);
    for (const id of make()) expect(id).toMatch(UUID_V7);
  });
});

describe('errors', () => {
  it('carry a documented code, details and the cause', () => {
    const cause = new Error('below');
    const error = new DomainError('NOT_FOUND', 'no such lot', { details: { lot: 'lot-1' }, cause });
    expect(error.cause).toBe(cause);
    expect(isDomainError(error, 'NOT_FOUND')).toBe(true);
    expect(isDomainError(error, 'FORBIDDEN')).toBe(false);
    expect(isDomainError(cause)).toBe(false);
  });

  it('an invariant holds for zero and the empty text, and breaks for false and what is missing', () => {
    invariant(0, 'zero is a value');
    invariant('', 'so is the empty text');
    for (const nothing of [false, null, undefined])
      expect(() => {
        invariant(nothing, 'x');
      }).toThrow(InvariantError);
  });
});

describe('logger', () => {
  it('prints no value under a secret key, at any of three levels', () => {
    const lines: string[] = [];
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const logger = createLogger({ name: 'test', level: 'info', destination });
    logger.info({ token: 'hush-1', session: { token: 'hush-2', deep: { privateKey: 'hush-3' } }, lot: 'lot-1' }, 'seen');
    expect(lines.join('')).toContain('lot-1');
    expect(lines.join('')).not.toContain('hush');
  });
});

describe('snakeCase', () => {
  it.each([
    ['LotProjection', 'lot_projection'],
    ['sizeBytes', 'size_bytes'],
    ['personID', 'person_id'],
    ['HTTPServer', 'http_server'],
    ['x509Serial', 'x509_serial'],
    ['already_snake', 'already_snake'],
  ])('writes %s as %s', (name, expected) => {
    expect(snakeCase(name)).toBe(expected);
  });
});
