import type { Right } from '@app/contracts';
import { isRight } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { CertificateEntity } from '../people/certificate.entity.js';
import type { RegistryTx } from '../record/registry-book.js';
import { AccessRoleEntity } from './access-role.entity.js';
import { PersonRoleEntity } from './person-role.entity.js';

/** Roles of a person, and the rights that they give together. */
export async function accessOf(manager: EntityManager, person: string): Promise<{ roles: string[]; rights: Right[] }> {
  const grants = await manager
    .getRepository(PersonRoleEntity)
    .find({ where: { personId: person }, relations: { role: true }, order: { roleId: 'ASC' } });
  const rights = new Set(grants.flatMap(({ role }) => role.rights).filter(isRight));
  return { roles: grants.map(({ roleId }) => roleId), rights: [...rights].sort() };
}

/**
 * Nobody gives, takes or touches what they do not hold themselves, unless they hold `rights:write`: else whoever keeps the list of
 * people could make himself an administrator. Throws E_RIGHT_NOT_HELD.
 */
export async function mustHold(tx: RegistryTx, rights: readonly Right[]): Promise<void> {
  if (tx.author === null || rights.length === 0) return;
  if ('key' in tx.author) throw new DomainError('E_RIGHT_NOT_HELD', 'A system gives and takes no rights.');
  const own = new Set((await accessOf(tx.manager, tx.author.person)).rights);
  if (own.has('rights:write')) return;
  const missing = rights.filter((right) => !own.has(right));
  if (missing.length > 0) throw new DomainError('E_RIGHT_NOT_HELD', `You do not hold ${missing.join(', ')} yourself.`);
}

/** {@link mustHold} for all that a person holds: whose name or certificate one changes, one can become. */
export async function mustHoldAllOf(tx: RegistryTx, person: string): Promise<void> {
  if (tx.author !== null) await mustHold(tx, (await accessOf(tx.manager, person)).rights);
}

/** Whether somebody may grant rights and has a certificate to log in with at `at`. */
export async function hasAdministrator(manager: EntityManager, at: string): Promise<boolean> {
  return manager
    .getRepository(PersonRoleEntity)
    .createQueryBuilder('grant')
    .innerJoin(AccessRoleEntity, 'role', 'role.id = grant.role_id')
    .innerJoin(CertificateEntity, 'certificate', 'certificate.person_id = grant.person_id')
    .where(`'rights:write' = ANY(role.rights) AND certificate.revoked_at IS NULL AND certificate.not_after > :at`, { at })
    .getExists();
}

/** Does `work`; throws E_LAST_ADMINISTRATOR when there was an administrator before and would be none afterwards. */
export async function keepingAdministrator<T>(tx: RegistryTx, work: () => Promise<T>): Promise<T> {
  const had = await hasAdministrator(tx.manager, tx.at);
  const result = await work();
  if (had && !(await hasAdministrator(tx.manager, tx.at)))
    throw new DomainError('E_LAST_ADMINISTRATOR', 'Nobody would be left who may grant rights and can log in.');
  return result;
}
