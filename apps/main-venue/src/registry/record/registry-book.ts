import type { JsonValue, RegistryAction, RegistryKind } from '@app/contracts';
import { canonicalText, utf8 } from '@app/contracts';
import { DomainError, invariant, type Clock, type Ids } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import type { SealedActs } from '../../acts/sealed-acts.js';
import { RegistryChangeEntity } from './registry-change.entity.js';
import { RegistryStateEntity } from './registry-state.entity.js';

/** Who changes the registry: a person, by the certificate that logged in. */
export interface Author {
  readonly person: string;
  readonly certificate: string;
}

/** A system of somebody else, by its API key. */
export interface KeyAuthor {
  readonly key: string;
}

/** Whoever installs the system at its machine: has the keys and the database, and no session. */
export const INSTALLER = null;

export interface Change {
  readonly action: RegistryAction;
  readonly kind: RegistryKind;
  readonly subject: string;
  readonly content: JsonValue;
}

/** Told after the commit; told to nobody when the process dies in between, which the poll of the version makes good. */
export type Published = (version: number) => Promise<void>;

const STATE_ROW = 1;
const CHANGES_IN_STATEMENT = 1_000;

/**
 * The one way to change the registry. What `work` writes, the record of who changed what, and the commitment that goes to the platform
 * log are one transaction. Changes are made one after the other, each under the next version.
 */
export class RegistryBook {
  constructor(
    private readonly dataSource: DataSource,
    private readonly acts: SealedActs,
    private readonly profile: CryptoProfile,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly published: Published = () => Promise.resolve(),
  ) {}

  /**
   * What `work` answers, once it is committed and in force in this process;
   * nothing remains when it throws. Without a change there is no new version.
   */
  async change<T>(author: Author | KeyAuthor | null, work: (tx: RegistryTx) => Promise<T>): Promise<T> {
    const { result, version } = await this.dataSource.transaction(async (manager) => {
      const state = await manager
        .getRepository(RegistryStateEntity)
        .findOne({ where: { id: STATE_ROW }, lock: { mode: 'pessimistic_write' } });
      invariant(state !== null, 'the registry has a version');
      const tx = new RegistryTx(manager, author, this.clock.instant());
      const result = await work(tx);
      if (tx.changes.length === 0) return { result, version: null };
      const version = state.version + 1;
      await this.#record(tx, version);
      await manager.getRepository(RegistryStateEntity).update({ id: STATE_ROW }, { version });
      return { result, version };
    });
    if (version !== null) await this.published(version);
    return result;
  }

  async #record({ manager, author, at, changes }: RegistryTx, version: number): Promise<void> {
    const act = this.ids.next();
    const rows = changes.map(({ action, kind, subject, content }, place) => ({
      version,
      place,
      act,
      at: new Date(at),
      ...columnsOf(author),
      action,
      kind,
      subject,
      hash: this.profile.hashHex(utf8(canonicalText(content))),
    }));
    for (let from = 0; from < rows.length; from += CHANGES_IN_STATEMENT)
      await manager
        .getRepository(RegistryChangeEntity)
        .createQueryBuilder()
        .insert()
        .values(rows.slice(from, from + CHANGES_IN_STATEMENT))
        .updateEntity(false)
        .execute();
    const content: JsonValue = {
      v: 1,
      version,
      at,
      by: author === null ? null : { ...author },
      changes: changes.map(({ action, kind, subject, content: of }) => ({ action, kind, subject, content: of })),
    };
    await this.acts.keepChange(manager, act, content);
  }
}

const columnsOf = (author: Author | KeyAuthor | null): Pick<RegistryChangeEntity, 'personId' | 'certificate' | 'keyId'> =>
  author !== null && 'key' in author
    ? { personId: null, certificate: null, keyId: author.key }
    : { personId: author?.person ?? null, certificate: author?.certificate ?? null, keyId: null };

/** A change under way. Dies with its transaction. */
export class RegistryTx {
  readonly #changes: Change[] = [];

  constructor(
    readonly manager: EntityManager,
    readonly author: Author | KeyAuthor | null,
    /** Instant of the change. */
    readonly at: string,
  ) {}

  get changes(): readonly Change[] {
    return this.#changes;
  }

  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.manager.getRepository(entity);
  }

  /** Something changed; what it is now is `content`. */
  note(change: Change): void {
    this.#changes.push(change);
  }

  /**
   * Throws E_CHANGED_MEANWHILE when the record is at another version than the one that the change was made on. `isThere`: whether the
   * record exists; `basis`: null for one that must be new.
   */
  async expect(kind: RegistryKind, subject: string, isThere: boolean, basis: number | null): Promise<void> {
    const version = isThere ? await versionOf(this.manager, kind, subject) : null;
    if (version === basis) return;
    const found = version === null ? 'there is no such record' : `it is at version ${String(version)}`;
    throw new DomainError('E_CHANGED_MEANWHILE', `${kind} ${subject}: ${found}.`, { details: { version } });
  }

  /** Writes records that are new or different, and notes those; answers their ids. */
  async put<Entity extends ObjectLiteral>(
    entity: EntityTarget<Entity>,
    action: RegistryAction,
    kind: RegistryKind,
    records: readonly { readonly subject: string; readonly row: ObjectLiteral }[],
  ): Promise<string[]> {
    if (records.length === 0) return [];
    const { columns, primaryColumns } = this.manager.dataSource.getMetadata(entity);
    const given = columns.filter((column) => records.some(({ row }) => column.getEntityValue(row) !== undefined));
    const key = primaryColumns.map(({ databaseName }) => databaseName);
    const rest = given.map(({ databaseName }) => databaseName).filter((name) => !key.includes(name));
    const insert = this.manager
      .getRepository(entity)
      .createQueryBuilder()
      .insert()
      .values(records.map(({ row }) => row as Entity))
      .updateEntity(false)
      .returning(primaryColumns.map(({ propertyPath }) => propertyPath));
    const answer = await (
      rest.length === 0 ? insert.orIgnore() : insert.orUpdate(rest, key, { skipUpdateIfNoValuesChanged: true })
    ).execute();
    const changed = new Set((answer.raw as Record<string, string>[]).map((row) => key.map((name) => row[name]).join('/')));
    const different = records.filter(({ subject }) => changed.has(subject));
    for (const { subject, row } of different) this.note({ action, kind, subject, content: JSON.parse(JSON.stringify(row)) as JsonValue });
    return different.map(({ subject }) => subject);
  }
}

/** The version that a record was last changed with; 0 for one that has not changed since 0.1.0, which kept no versions. */
export async function versionOf(manager: EntityManager, kind: RegistryKind, subject: string): Promise<number> {
  return (await versionsOf(manager, kind, [subject])).get(subject) ?? 0;
}

/** {@link versionOf} of many records; those at version 0 are left out. */
export async function versionsOf(manager: EntityManager, kind: RegistryKind, subjects: readonly string[]): Promise<Map<string, number>> {
  if (subjects.length === 0) return new Map();
  const rows = await manager
    .getRepository(RegistryChangeEntity)
    .createQueryBuilder('change')
    .select('change.subject', 'subject')
    .addSelect('MAX(change.version)', 'version')
    .where('change.kind = :kind AND change.subject IN (:...subjects)', { kind, subjects })
    .groupBy('change.subject')
    .getRawMany<{ subject: string; version: number }>();
  return new Map(rows.map(({ subject, version }) => [subject, version]));
}
