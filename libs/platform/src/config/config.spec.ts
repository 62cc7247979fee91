import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisUrlOf } from '../redis/redis.js';
import { loadConfig } from './config.js';
import { ConfigError } from './config-reader.js';

const REDIS_URL = 'redis://127.0.0.1:7163';
const GOOD = {
  VENUE_ID: 'sub-1',
  VENUE_ROLE: 'sub',
  PORT: '7101',
  DATABASE_URL: 'postgres://app:hush@127.0.0.1:7154/gongping_sub_1',
  MAIN_URL: 'http://127.0.0.1:7100',
  PUBLIC_URL: 'http://127.0.0.1:7101',
  DATA_DIR: 'data',
  KEYS_FILE: 'keys.json',
};

const problemsOf = (environment: Record<string, string | undefined>): readonly string[] => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  it('reads a complete environment, fills in named limits and cannot be changed afterwards', () => {
    const config = loadConfig(GOOD);
    expect(config).toMatchObject({ VENUE_ID: 'sub-1', PORT: 7101, DEMO: false, HOST: '127.0.0.1', PLATFORM_BATCH_MS: 10_000 });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names every problem in one message', () => {
    const problems = problemsOf({ ...GOOD, VENUE_ID: '', PORT: '70000', REDIS_URL: 'http://127.0.0.1', DEMO: 'yes' });
    expect(problems).toEqual([
      'VENUE_ID is missing',
      'PORT: a number from 0 to 65535 is expected',
      'REDIS_URL: an address starting with redis:// or rediss:// is expected',
      'DEMO: 1 or 0 is expected',
    ]);
  });

  it('never prints a value, since an address holds a password', () => {
    const problems = problemsOf({ ...GOOD, DATABASE_URL: 'mysql://app:hush@127.0.0.1/x' }).join('\n');
    expect(problems).toContain('DATABASE_URL');
    expect(problems).not.toContain('hush');
  });

  it('SEC-18 reads addresses with passwords from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongping-config-'));
    const file = join(folder, 'app.url');
    writeFileSync(file, `${GOOD.DATABASE_URL}\n`);
    const { DATABASE_URL, ...rest } = GOOD;
    expect(loadConfig({ ...rest, DATABASE_URL_FILE: file }).DATABASE_URL).toBe(DATABASE_URL);
    expect(problemsOf({ ...GOOD, DATABASE_URL_FILE: file })).toEqual(['DATABASE_URL: give it or DATABASE_URL_FILE, not both']);
    expect(problemsOf({ ...rest, DATABASE_URL_FILE: join(folder, 'none') })).toEqual(['DATABASE_URL_FILE: the file cannot be read']);
    rmSync(folder, { recursive: true });
  });

  it('asks every venue but the main one where the main venue is', () => {
    expect(problemsOf({ ...GOOD, MAIN_URL: undefined })).toEqual(['MAIN_URL is missing']);
    expect(problemsOf({ ...GOOD, VENUE_ROLE: 'main', MAIN_URL: undefined, REDIS_URL })).toEqual([]);
  });

  it('SEC-18 demonstrates on this machine alone', () => {
    const only = [
      'DEMO: only where HOST and PUBLIC_URL are this machine for itself (127.0.0.1): it gives everybody the keys of the demonstration',
    ];
    expect(problemsOf({ ...GOOD, DEMO: '1' })).toEqual([]);
    expect(problemsOf({ ...GOOD, DEMO: '1', HOST: '0.0.0.0' })).toEqual(only);
    expect(problemsOf({ ...GOOD, DEMO: '1', PUBLIC_URL: 'https://bids.example.org' })).toEqual(only);
    expect(problemsOf({ ...GOOD, PUBLIC_URL: 'https://bids.example.org' })).toEqual([]);
  });

  it('SEC-22 takes no line in the clear to a main venue on another machine', () => {
    const needsTls = ['MAIN_URL: https:// is expected: the line to a main venue on another machine needs TLS'];
    for (const MAIN_URL of ['http://main.example.org', 'http://10.0.0.5:7100', 'http://127.0.0.1.example.org'])
      expect(problemsOf({ ...GOOD, MAIN_URL })).toEqual(needsTls);
    for (const MAIN_URL of ['https://main.example.org', 'http://localhost:7100', 'http://[::1]:7100'])
      expect(problemsOf({ ...GOOD, MAIN_URL })).toEqual([]);
  });

  it('asks the main venue alone for Redis', () => {
    expect(problemsOf({ ...GOOD, VENUE_ROLE: 'main' })).toEqual(['REDIS_URL is missing']);
    expect(problemsOf({ ...GOOD, VENUE_ROLE: 'supervision' })).toEqual([]);
    expect(redisUrlOf(loadConfig({ ...GOOD, REDIS_URL }))).toBe(REDIS_URL);
    expect(() => redisUrlOf(loadConfig(GOOD))).toThrow('REDIS_URL');
  });

  it('takes no number that is not plain decimal digits', () => {
    for (const port of ['0x10', '1e3', '-1', ' 80', '80.0']) expect(problemsOf({ ...GOOD, PORT: port })).toHaveLength(1);
  });
});
