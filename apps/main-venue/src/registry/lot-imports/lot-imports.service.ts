import { canonicalText, type JsonValue, utf8 } from '@app/contracts';
import { type ImportedLot, type ImportedLotPage, type LotImport, type LotImported, zLotImport } from '@app/evaluation';
import { DomainError, Ids } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import type { KeyFacts, SessionFacts } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PROFILE } from '../../core/tokens.js';
import { type PageQuery, readPage } from '../page.js';
import { OrganisationEntity } from '../people/organisation.entity.js';
import { RegistryBook, type RegistryTx } from '../record/registry-book.js';
import { LotImportEntity } from './lot-import.entity.js';

/** 上游交易平台导入: keeps what came, once, for the agency that it names. Founding it is a person's act. */
@Injectable()
export class LotImportsService {
  constructor(
    @InjectRepository(LotImportEntity) private readonly imports: Repository<LotImportEntity>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly book: RegistryBook,
    private readonly ids: Ids,
  ) {}

  /** The same content under the same id is answered as before, by whichever key of the platform. Throws E_IMPORT_CONFLICT, NOT_FOUND. */
  async take({ id: key, organisation: platform }: KeyFacts, content: LotImport): Promise<LotImported> {
    const json = JSON.parse(JSON.stringify(content)) as JsonValue;
    const hash = this.profile.hashHex(utf8(canonicalText(json)));
    // Changes of the registry are made one after the other: nobody takes the id between the question and the row.
    return this.book.change({ key }, async (tx) => {
      const known = await tx.repository(LotImportEntity).findOneBy({ organisationId: platform.id, upstreamId: content.id });
      if (known !== null && known.hash !== hash)
        throw new DomainError('E_IMPORT_CONFLICT', `id: ${content.id} was handed over before with another content.`);
      if (known !== null) return { id: content.id, lot: known.lot, at: known.at.toISOString() };
      const lot = this.ids.next();
      const agencyId = await agencyOf(tx, content.agency);
      await tx
        .repository(LotImportEntity)
        .insert({ lot, organisationId: platform.id, upstreamId: content.id, agencyId, hash, content, at: new Date(tx.at) });
      tx.note({ action: 'import', kind: 'lot-import', subject: `${platform.id}/${content.id}`, content: { lot, agency: agencyId, hash } });
      return { id: content.id, lot, at: tx.at };
    });
  }

  /** What waits for the organisation of whoever asks, the oldest first; a founded one waits no more. */
  page({ organisation }: SessionFacts, query: PageQuery): Promise<ImportedLotPage> {
    const select = this.#waitingFor(organisation?.id ?? null).orderBy('import.lot');
    if (query.after !== undefined) select.andWhere('import.lot > :after', { after: query.after });
    return readPage(
      select,
      query,
      ({ lot }) => lot,
      (rows) =>
        rows.map(toImported).map(({ content: { id, project, tenderer, lot: said }, ...rest }) => {
          const { code, name, regime } = said;
          return { ...rest, id, project, tenderer: tenderer.name, code, name, regime };
        }),
    );
  }

  /** Throws NOT_FOUND for one that is not theirs or is founded. */
  async one({ organisation }: SessionFacts, lot: string): Promise<ImportedLot> {
    const row = await this.#waitingFor(organisation?.id ?? null)
      .andWhere('import.lot = :lot', { lot })
      .getOne();
    if (row === null) throw new DomainError('NOT_FOUND', 'There is no such lot handed over to your organisation.');
    return toImported(row);
  }

  #waitingFor(agency: string | null) {
    return this.imports
      .createQueryBuilder('import')
      .innerJoinAndSelect('import.organisation', 'platform')
      .where('import.agency_id = :agency', { agency })
      .andWhere('NOT EXISTS (SELECT 1 FROM log WHERE log.lot = import.lot::text)');
  }
}

const toImported = ({ lot, at, organisation, content }: LotImportEntity): ImportedLot => ({
  lot,
  at: at.toISOString(),
  from: { id: organisation.id, name: organisation.name },
  content: zLotImport.parse(content),
});

async function agencyOf(tx: RegistryTx, creditCode: string): Promise<string> {
  const found = await tx.repository(OrganisationEntity).findOne({ where: { creditCode }, order: { id: 'ASC' } });
  if (found === null) throw new DomainError('NOT_FOUND', `agency: no organisation here has the credit code ${creditCode}.`);
  return found.id;
}
