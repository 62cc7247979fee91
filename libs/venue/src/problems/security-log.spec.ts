import { createLogger, DomainError, FakeClock, SequentialIds } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import { CommandDesk } from '../commands/command-desk.js';
import { Problems } from './problems.js';
import { SecurityLog } from './security-log.js';

/** A real log, read back line by line. */
function logged() {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const clock = new FakeClock();
  const logger = createLogger({ name: 'main', level: 'info', destination });
  const security = new SecurityLog(logger, clock);
  return { lines, clock, security, problems: new Problems(logger, new SequentialIds(clock), security) };
}

describe('SEC-28 security events', () => {
  it('tell of a refused log-in, hello, mirror request and rate by code and place, and of no ordinary refusal', () => {
    const { lines, problems } = logged();
    for (const code of ['CERT_REVOKED', 'BAD_SIGNATURE', 'FORBIDDEN', 'RATE_LIMITED'] as const)
      problems.tell(new DomainError(code, 'no'), 'a request failed', { path: '/api/session', address: '203.0.113.7' });
    problems.tell(new DomainError('NOT_FOUND', 'no'), 'a request failed', { path: '/api/lots/x' });
    problems.tell(new DomainError('E_INPUT', 'no'), 'a request failed');
    expect(lines.map(({ security }) => security)).toEqual(['CERT_REVOKED', 'BAD_SIGNATURE', 'FORBIDDEN', 'RATE_LIMITED']);
    expect(lines[0]).toMatchObject({ level: 40, path: '/api/session', address: '203.0.113.7', requestId: expect.any(String) });
  });

  it('tell of a refused act by its id, type, party and lot, and of nothing that it said', async () => {
    const { lines, security } = logged();
    const answerWith = (code: string) => ({
      submit: () => Promise.resolve({ outcome: { ok: false as const, id: 'id-1', code, message: '', at: '' }, proof: {} as never }),
      answerOf: () => Promise.reject(new Error('not asked')),
    });
    const command = { id: 'id-1', type: 'scoring.submit-sheet', lot: 'lot-1', actor: { party: 'expert-1' }, public: { score: 'hidden' } };
    const sent = { command, openings: { sheet: { salt: 's', text: 'hidden' } } };
    await new CommandDesk(answerWith('NO_PART') as never, security).submit(sent);
    await new CommandDesk(answerWith('E_STEP_BARRIER') as never, security).submit(sent);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ security: 'NO_PART', command: 'id-1', type: 'scoring.submit-sheet', lot: 'lot-1', party: 'expert-1' });
    expect(JSON.stringify(lines)).not.toContain('hidden');
  });

  it('do not fill the disk: so many lines of a code in a minute, and then how many more there were', async () => {
    const { lines, clock, security } = logged();
    for (let time = 0; time < 100; time += 1) security.refused('BAD_SIGNATURE', {});
    security.refused('FORBIDDEN', {});
    expect(lines).toHaveLength(61);
    await clock.advance(60_000);
    security.refused('BAD_SIGNATURE', {});
    expect(lines.slice(61).map(({ security: code, unwritten }) => [code, unwritten])).toEqual([
      ['BAD_SIGNATURE', 40],
      ['BAD_SIGNATURE', undefined],
    ]);
  });
});
