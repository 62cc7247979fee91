import { z } from 'zod';
import { zName } from './json.js';
import { RIGHTS } from './rights.js';

/**
 * Roles and rights of an installation (人员与权限).
 *
 * | address | needs | answer |
 * |---|---|---|
 * | `GET /api/registry/roles` | `registry:read` | {@link AccessRole}[] |
 * | `PUT /api/registry/roles/:role` {@link AccessRolePut} | `rights:write` | {@link AccessRole} |
 * | `DELETE /api/registry/roles/:role` | `rights:write` | nothing |
 * | `PUT`, `DELETE /api/registry/people/:person/roles/:role` | `registry:write` | {@link MyRights}: what the person holds now |
 */
export const zRight = z.enum(RIGHTS);

export const zAccessRole = z.object({
  id: zName,
  name: z.string(),
  rights: z.array(zRight),
  /** Came with the system: it can be changed and not removed. */
  isBuiltIn: z.boolean(),
  /** How many people hold it. */
  holders: z.int(),
  version: z.int(),
});
export type AccessRole = z.infer<typeof zAccessRole>;

/** `basis`: the record's `version` that the change was made on; null for a new record. Another one is refused as E_CHANGED_MEANWHILE. */
export const zBasis = z.int().min(0).nullable();

export const zAccessRolePut = z.strictObject({
  name: z.string().trim().min(1).max(60),
  rights: z.array(zRight).max(RIGHTS.length),
  basis: zBasis,
});
export type AccessRolePut = z.infer<typeof zAccessRolePut>;

export const zMyRights = z.object({ roles: z.array(zName), rights: z.array(zRight) });
export type MyRights = z.infer<typeof zMyRights>;
