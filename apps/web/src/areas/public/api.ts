import { z } from 'zod';
import { asRequestError, type HttpClient } from '@app/client';
import { zDemoIdentity, type DemoIdentity } from '../../core/identity/demo-identity.js';

/** People of a demonstration; null where the installation is a real one and serves none. */
export async function fetchDemoIdentities(http: HttpClient): Promise<DemoIdentity[] | null> {
  try {
    return await http.get('/api/demo/identities', z.array(zDemoIdentity));
  } catch (error) {
    const problem = asRequestError(error);
    if (problem.code === 'NOT_FOUND' || problem.code === 'MALFORMED') return null;
    throw problem;
  }
}
