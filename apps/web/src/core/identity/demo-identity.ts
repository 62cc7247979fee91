import { zIdentityFile } from '@app/client';
import { z } from 'zod';

/** One row of a demonstration's people (`GET /api/demo/identities`). Real installations do not serve it. */
export const zDemoIdentity = zIdentityFile.extend({
  id: z.string(),
  roles: z.array(z.string()).default([]),
  /** What the person does in the demonstration, in both languages. */
  part: z.object({ zh: z.string(), en: z.string() }).nullable().default(null),
});
export type DemoIdentity = z.infer<typeof zDemoIdentity>;
