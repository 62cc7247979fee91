import { describe, expect, it } from '@jest/globals';
import { isDatabaseAway } from './database-away.js';

const failure = (message: string, more: object = {}): Error => Object.assign(new Error(message), more);

describe('a database that is away', () => {
  it.each([
    ['a server that was killed', failure('terminating connection due to unexpected postmaster exit', { code: '57P02' })],
    ['a server that recovers', failure('the database system is not yet accepting connections', { code: '57P03' })],
    ['a port that nobody listens on', failure('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' })],
    ['a socket that is not there', failure('connect ENOENT', { code: 'ENOENT', syscall: 'connect' })],
    ['a connection that ended', failure('Connection terminated unexpectedly')],
    ['a full pool', failure('timeout exceeded when trying to connect')],
    ['a statement that took too long', failure('canceling statement due to statement timeout', { code: '57014' })],
    ['an answer that does not come', failure('Query read timeout')],
    ['a full disk', failure('could not extend file', { code: '53100' })],
  ])('is %s', (_name, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    ['a broken rule of a table', failure('duplicate key', { code: '23505' })],
    ['a file that is missing', failure('no such file', { code: 'ENOENT', syscall: 'open' })],
    ['a mistake of ours', new TypeError('connection is not a function')],
    ['nothing', null],
  ])('is not %s', (_name, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
