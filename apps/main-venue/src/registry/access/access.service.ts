import type { AccessRole, AccessRolePut, MyRights } from '@app/contracts';
import { isRight } from '@app/contracts';
import { DomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PersonEntity } from '../people/person.entity.js';
import type { Author, RegistryTx } from '../record/registry-book.js';
import { RegistryBook, versionsOf } from '../record/registry-book.js';
import { accessOf, keepingAdministrator, mustHold } from './access-guards.js';
import { AccessRoleEntity } from './access-role.entity.js';
import { PersonRoleEntity } from './person-role.entity.js';

/** Roles, their rights, and who holds them. */
@Injectable()
export class AccessService {
  constructor(
    @InjectRepository(AccessRoleEntity) private readonly roles: Repository<AccessRoleEntity>,
    private readonly book: RegistryBook,
  ) {}

  async all(): Promise<AccessRole[]> {
    const rows = await this.roles.find({ order: { id: 'ASC' } });
    const { manager } = this.roles;
    const held = await manager
      .getRepository(PersonRoleEntity)
      .createQueryBuilder('held')
      .select('held.role_id', 'role')
      .addSelect('COUNT(*)::int', 'count')
      .groupBy('held.role_id')
      .getRawMany<{ role: string; count: number }>();
    const versions = await versionsOf(
      manager,
      'role',
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, name, rights, isBuiltIn }) => ({
      id,
      name,
      rights: rights.filter(isRight),
      isBuiltIn,
      holders: held.find(({ role }) => role === id)?.count ?? 0,
      version: versions.get(id) ?? 0,
    }));
  }

  async accessOf(person: string): Promise<MyRights> {
    return accessOf(this.roles.manager, person);
  }

  /** Adds a role or changes its name and rights. Throws E_CHANGED_MEANWHILE, E_LAST_ADMINISTRATOR. */
  async put(author: Author, id: string, { basis, name, rights }: AccessRolePut): Promise<AccessRole> {
    await this.book.change(author, async (tx) => {
      await tx.expect('role', id, await tx.repository(AccessRoleEntity).existsBy({ id }), basis);
      const row = { id, name, rights: [...new Set(rights)].sort() };
      await keepingAdministrator(tx, () => tx.put(AccessRoleEntity, 'put', 'role', [{ subject: id, row }]));
    });
    const role = (await this.all()).find((candidate) => candidate.id === id);
    if (role === undefined) throw new DomainError('NOT_FOUND', `There is no role ${id}.`);
    return role;
  }

  /** Throws NOT_FOUND, E_STILL_USED for a role that came with the system or that somebody holds. */
  async remove(author: Author, id: string): Promise<void> {
    await this.book.change(author, async (tx) => {
      const role = await roleOf(tx, id);
      if (role.isBuiltIn) throw new DomainError('E_STILL_USED', `The role ${id} came with the system.`);
      if (await tx.repository(PersonRoleEntity).existsBy({ roleId: id }))
        throw new DomainError('E_STILL_USED', `Somebody holds the role ${id}.`);
      await tx.repository(AccessRoleEntity).delete({ id });
      tx.note({ action: 'remove', kind: 'role', subject: id, content: { id } });
    });
  }

  /** Gives a person a role; giving it again changes nothing. Throws NOT_FOUND, E_RIGHT_NOT_HELD. */
  async grant(author: Author, person: string, role: string): Promise<MyRights> {
    await this.book.change(author, async (tx) => {
      await mustHold(tx, (await roleOf(tx, role)).rights);
      if (!(await tx.repository(PersonEntity).existsBy({ id: person })))
        throw new DomainError('NOT_FOUND', `There is no person ${person}.`);
      await tx.put(PersonRoleEntity, 'grant', 'grant', [{ subject: `${person}/${role}`, row: { personId: person, roleId: role } }]);
    });
    return this.accessOf(person);
  }

  /** Takes a role from a person; taking it again changes nothing. Throws NOT_FOUND, E_RIGHT_NOT_HELD, E_LAST_ADMINISTRATOR. */
  async take(author: Author, person: string, role: string): Promise<MyRights> {
    await this.book.change(author, async (tx) => {
      await mustHold(tx, (await roleOf(tx, role)).rights);
      const { affected } = await keepingAdministrator(tx, () => tx.repository(PersonRoleEntity).delete({ personId: person, roleId: role }));
      if (affected === 0) return;
      tx.note({ action: 'take', kind: 'grant', subject: `${person}/${role}`, content: { personId: person, roleId: role } });
    });
    return this.accessOf(person);
  }
}

async function roleOf(tx: RegistryTx, id: string): Promise<AccessRoleEntity> {
  const role = await tx.repository(AccessRoleEntity).findOneBy({ id });
  if (role === null) throw new DomainError('NOT_FOUND', `There is no role ${id}.`);
  return role;
}
