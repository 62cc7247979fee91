import { describe, expect, it } from '@jest/globals';
import { bearerOf, sessionOfHandshake, sessionOfToken } from './bearer.js';

const TOKEN = 'a'.repeat(43);
const sessions = { find: (token: string) => Promise.resolve(token === TOKEN ? { person: 'p-1' } : null) };
const UNAUTHENTICATED = { code: 'UNAUTHENTICATED' };

describe('a session', () => {
  it('is found by the token of a header or a handshake', async () => {
    await expect(sessionOfToken(sessions, bearerOf(`Bearer ${TOKEN}`))).resolves.toEqual({ person: 'p-1' });
    await expect(sessionOfHandshake(sessions, { token: TOKEN })).resolves.toEqual({ person: 'p-1' });
  });

  it('is none for the public, which sends no token', async () => {
    await expect(sessionOfToken(sessions, bearerOf(undefined))).resolves.toBeNull();
    for (const auth of [{}, { token: null }]) await expect(sessionOfHandshake(sessions, auth)).resolves.toBeNull();
  });

  it('is refused for a token that is none, not taken for the public', async () => {
    await expect(sessionOfToken(sessions, bearerOf(`Bearer ${'b'.repeat(43)}`))).rejects.toMatchObject(UNAUTHENTICATED);
    for (const token of ['b'.repeat(43), '', 7, {}])
      await expect(sessionOfHandshake(sessions, { token })).rejects.toMatchObject(UNAUTHENTICATED);
  });

  it.each(['', 'Bearer', 'Bearer short', `Basic ${TOKEN}`, `Bearer ${TOKEN} ${TOKEN}`])('is not asked for by the header "%s"', (header) => {
    expect(() => bearerOf(header)).toThrow(expect.objectContaining(UNAUTHENTICATED));
  });
});
