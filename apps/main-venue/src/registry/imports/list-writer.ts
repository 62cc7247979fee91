import type { ErrorCode, ListKind } from '@app/contracts';
import { ERROR_CODES } from '@app/contracts';
import { isDomainError } from '@app/platform';
import type { CertificateCheck, CryptoProfile } from '@app/sealing';
import { readCertificate, verifyKeyBinding } from '@app/sealing';
import { In } from 'typeorm';
import { mustHoldAllOf } from '../access/access-guards.js';
import { CertificateEntity, ExpertEntity, ListKeyEntity, OrganisationEntity, PersonEntity, PersonRoleEntity } from '../entities.js';
import type { RegistryTx } from '../record/registry-book.js';
import type { ListRow } from './list-specs.js';
import { certificateRow } from './registry-file.js';

/** A line whose form is right. */
export interface GoodLine<Row> {
  /** Its place among the records of the list, and the line that it stands in: of JSON, many may stand in one. */
  readonly position: number;
  readonly line: number;
  readonly row: Row;
}

/** Why a line was not taken in. */
export interface LineFault {
  readonly position: number;
  readonly line: number;
  readonly column: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export const faultAt = (
  { position, line }: Omit<GoodLine<unknown>, 'row'>,
  column: string,
  code: ErrorCode,
  message: string = ERROR_CODES[code],
): LineFault => ({
  position,
  line,
  column,
  code,
  message,
});

type AnyLine = GoodLine<{ readonly id: string; readonly organisation?: string | null }>;

/** Writes the good lines of a batch within a transaction; answers those that refer to what is not there, or that nobody may write. */
export class ListWriter {
  constructor(
    private readonly profile: CryptoProfile,
    private readonly check: (certificate: string) => CertificateCheck,
  ) {}

  async write<K extends ListKind>(tx: RegistryTx, importId: string, kind: K, lines: readonly GoodLine<ListRow<K>>[]): Promise<LineFault[]> {
    const writers: { readonly [Kind in ListKind]: (lines: readonly GoodLine<ListRow<Kind>>[]) => Promise<LineFault[]> } = {
      organisations: (of) => this.#organisations(tx, importId, of),
      people: (of) => this.#people(tx, importId, of),
      experts: (of) => this.#experts(tx, importId, of),
      certificates: (of) => this.#certificates(tx, importId, of),
    };
    return writers[kind](lines);
  }

  async #organisations(tx: RegistryTx, importId: string, lines: readonly GoodLine<ListRow<'organisations'>>[]): Promise<LineFault[]> {
    const { good, faults } = await claim(tx, importId, lines, ({ id }) => id, 'id');
    await tx.put(
      OrganisationEntity,
      'import',
      'organisation',
      good.map(({ row }) => ({ subject: row.id, row })),
    );
    return faults;
  }

  async #people(tx: RegistryTx, importId: string, lines: readonly GoodLine<ListRow<'people'>>[]): Promise<LineFault[]> {
    const { good, faults } = await this.#knownPeople(tx, importId, lines);
    await putPeople(tx, good);
    return faults;
  }

  async #experts(tx: RegistryTx, importId: string, lines: readonly GoodLine<ListRow<'experts'>>[]): Promise<LineFault[]> {
    const { good, faults } = await this.#knownPeople(tx, importId, lines);
    await putPeople(tx, good);
    const rows = good.map(({ row: { id, specialties, city, active } }) => ({
      subject: id,
      row: { personId: id, specialties, city, active },
    }));
    await tx.put(ExpertEntity, 'import', 'expert', rows);
    return faults;
  }

  async #certificates(tx: RegistryTx, importId: string, lines: readonly GoodLine<ListRow<'certificates'>>[]): Promise<LineFault[]> {
    const faults: LineFault[] = [];
    const read = lines.flatMap((line) => {
      const { row } = line;
      const facts = readCertificate(this.profile, row.certificate);
      const item = { certificate: row.certificate, encryptionKey: bindingOf(row) };
      const check = this.check(row.certificate);
      const isBound = item.encryptionKey === null || (facts !== null && verifyKeyBinding(this.profile, facts, item.encryptionKey));
      if (facts === null) faults.push(faultAt(line, 'certificate', 'E_CELL_FORM', 'It cannot be read.'));
      else if (!check.ok) faults.push(faultAt(line, 'certificate', check.code, check.message));
      else if (!isBound) faults.push(faultAt(line, 'encryptionKey', 'E_CELL_UNBOUND'));
      else return [{ ...line, row: { fingerprint: facts.fingerprint, person: row.person, item, facts } }];
      return [];
    });
    const claimed = await claim(tx, importId, read, ({ fingerprint }) => fingerprint, 'certificate');
    const people = await found(
      tx,
      PersonEntity,
      claimed.good.map(({ row }) => row.person),
    );
    const locked = await this.#locked(
      tx,
      claimed.good.map(({ row }) => row.person),
    );
    const bound = await tx.repository(CertificateEntity).find({
      where: { fingerprint: In(claimed.good.map(({ row }) => row.fingerprint)) },
      relations: { person: true },
    });
    const { good, faults: refused } = sieve(claimed.good, ({ fingerprint, person }) => {
      if (!people.has(person)) return ['person', 'E_CELL_REFERS', `There is no person ${person}.`];
      if (locked.has(person)) return ['person', 'E_RIGHT_NOT_HELD', `${person} holds rights that you do not hold.`];
      const known = bound.find((candidate) => candidate.fingerprint === fingerprint);
      if (known !== undefined && known.person.id !== person) return ['certificate', 'E_CERT_BOUND', `It is bound to ${known.person.id}.`];
      return known?.revokedAt ? ['certificate', 'CERT_REVOKED', 'It was revoked here.'] : null;
    });
    const rows = good.map(({ row }) => ({ subject: row.fingerprint, row: certificateRow(row.person, row.item, row.facts) }));
    await tx.put(CertificateEntity, 'import', 'certificate', rows);
    return [...faults, ...claimed.faults, ...refused];
  }

  async #knownPeople<Line extends AnyLine>(tx: RegistryTx, importId: string, lines: readonly Line[]) {
    const claimed = await claim(tx, importId, lines, ({ id }) => id, 'id');
    const organisations = await found(
      tx,
      OrganisationEntity,
      claimed.good.flatMap(({ row }) => row.organisation ?? []),
    );
    const locked = await this.#locked(
      tx,
      claimed.good.map(({ row }) => row.id),
    );
    const { good, faults } = sieve(claimed.good, ({ id, organisation }) => {
      if (organisation && !organisations.has(organisation))
        return ['organisation', 'E_CELL_REFERS', `There is no organisation ${organisation}.`];
      return locked.has(id) ? ['id', 'E_RIGHT_NOT_HELD', `${id} holds rights that you do not hold.`] : null;
    });
    return { good, faults: [...claimed.faults, ...faults] };
  }

  /** Of these people, those whose rights the author does not hold. Few people hold any. */
  async #locked(tx: RegistryTx, people: readonly string[]): Promise<Set<string>> {
    const holders = await tx
      .repository(PersonRoleEntity)
      .find({ where: { personId: In([...new Set(people)]) }, select: { personId: true, roleId: true } });
    const locked = new Set<string>();
    for (const person of new Set(holders.map(({ personId }) => personId))) {
      await mustHoldAllOf(tx, person).catch((error: unknown) => {
        if (!isDomainError(error, 'E_RIGHT_NOT_HELD')) throw error;
        locked.add(person);
      });
    }
    return locked;
  }
}

async function putPeople(tx: RegistryTx, lines: readonly GoodLine<ListRow<'people'>>[]): Promise<void> {
  const rows = lines.map(({ row: { id, name, organisation } }) => ({
    subject: id,
    row: { id, name, organisation: organisation === null ? null : { id: organisation } },
  }));
  await tx.put(PersonEntity, 'import', 'person', rows);
}

const bindingOf = ({ encryptionKey, encryptionKeySignature }: ListRow<'certificates'>) =>
  encryptionKey === null ? null : { publicKey: encryptionKey, signature: encryptionKeySignature ?? '' };

type Verdict = readonly [column: string, code: ErrorCode, message: string] | null;

function sieve<Line extends GoodLine<unknown>>(
  lines: readonly Line[],
  judge: (row: Line['row']) => Verdict,
): { good: Line[]; faults: LineFault[] } {
  const good: Line[] = [];
  const faults: LineFault[] = [];
  for (const line of lines) {
    const verdict = judge(line.row);
    if (verdict === null) good.push(line);
    else faults.push(faultAt(line, ...verdict));
  }
  return { good, faults };
}

/** Notes which records the list has named; those named by an earlier line are faults. A line that is read again has its own claim. */
async function claim<Line extends GoodLine<unknown>>(
  tx: RegistryTx,
  importId: string,
  lines: readonly Line[],
  subjectOf: (row: Line['row']) => string,
  column: string,
): Promise<{ good: Line[]; faults: LineFault[] }> {
  if (lines.length === 0) return { good: [], faults: [] };
  const keys = tx.repository(ListKeyEntity);
  const values = lines.map((line) => ({ importId, subject: subjectOf(line.row), position: line.position }));
  await keys.createQueryBuilder().insert().values(values).orIgnore().updateEntity(false).execute();
  const claimed = await keys.findBy({ importId, subject: In(values.map(({ subject }) => subject)) });
  const owner = new Map(claimed.map(({ subject, position }) => [subject, position]));
  const good: Line[] = [];
  const faults: LineFault[] = [];
  for (const line of lines) {
    const first = owner.get(subjectOf(line.row));
    if (first === line.position) good.push(line);
    else faults.push(faultAt(line, column, 'E_LIST_TWICE', `Record ${String(first)} of the list names it already.`));
  }
  return { good, faults };
}

async function found(
  tx: RegistryTx,
  entity: typeof PersonEntity | typeof OrganisationEntity,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.manager.find<PersonEntity | OrganisationEntity>(entity, {
    where: { id: In([...new Set(ids)]) },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
