import { describe, expect, it } from '@jest/globals';
import { backOffMs } from './job-runner.js';
import { DEFAULT_JOB_OPTIONS } from './jobs.types.js';
import { processorFault } from './processor-fault.js';

const NAMES = ['lot:wake', 'list:import'];
const wake = { name: 'lot:wake', className: 'Wake' };
const list = { name: 'list:import', className: 'List' };

describe('the processors of a process', () => {
  it('fit when each job has exactly one', () => {
    expect(processorFault(NAMES, [list, wake])).toBeNull();
  });

  it.each([
    ['a job has none', [wake], 'the job list:import has no processor'],
    ['a job has two', [wake, list, { ...wake, className: 'Wake2' }], 'the job lot:wake has 2 processors (Wake, Wake2)'],
    ['one does what is no job', [wake, list, { name: 'lot:sleep', className: 'Sleep' }], 'Sleep does lot:sleep, which is no name'],
    ['one does not say what it does', [wake, list, { name: null, className: 'Shy' }], 'Shy does jobs and has no @Job(name)'],
  ])('do not fit when %s', (_name, marks, sentence) => {
    expect(processorFault(NAMES, marks)).toContain(sentence);
  });
});

describe('the wait after a failed attempt', () => {
  it('doubles from the first up to the longest, and stays a number at any count', () => {
    const waits = [1, 2, 3, 9, 10, 2_000].map((attempt) => backOffMs(attempt, DEFAULT_JOB_OPTIONS));
    expect(waits).toEqual([1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
  });
});
