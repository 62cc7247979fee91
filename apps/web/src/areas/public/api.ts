import { z } from 'zod';
import { zDemoIdentity, type DemoIdentity } from '../../core/identity/identity-file.js';
import { get } from '../../core/request/http.js';
import { problemOf } from '../../core/request/problem.js';

/** People of a demonstration; null where the installation is a real one and serves none. */
export async function fetchDemoIdentities(): Promise<DemoIdentity[] | null> {
  try {
    return await get('/api/demo/identities', z.array(zDemoIdentity));
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'NOT_FOUND' || problem.code === 'MALFORMED') return null;
    throw problem;
  }
}
