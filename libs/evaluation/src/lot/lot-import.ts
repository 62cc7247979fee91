import { zCreditCode, zInstant, zName, zOrganisationName, zUuid } from '@app/contracts';
import { z } from 'zod';
import { zRevise } from './commands.js';
import { zLotFacts, zTenderRules } from './tender-rules.js';

/**
 * 上游交易平台导入: a lot as an upstream trading platform hands it over, in the words of `lot.create`. It founds nothing: what is
 * missing, the people and the signature are the agency's.
 *
 * | address | needs | answer |
 * |---|---|---|
 * | `POST /api/imports/lots` {@link LotImport} | `lots:import`, of an API key | {@link LotImported} |
 * | `GET /api/founding/imports?after=&limit=` | `lots:found` | {@link ImportedLotPage}: those handed to the asker's organisation |
 * | `GET /api/founding/imports/:lot` | `lots:found` | {@link ImportedLot} |
 */
const { code, name, regime, projectType, jurisdiction, tendererCity, schedule } = zRevise.shape;
export const zLotImport = z.strictObject({
  /** The platform's own name of this handing-over. The same with the same content is done once; with another it is E_IMPORT_CONFLICT. */
  id: zName,
  /** 统一社会信用代码 of the agency (招标代理机构), or of a tenderer that runs its own tender. */
  agency: zCreditCode,
  project: z.strictObject({ code, name }),
  /** 招标人: shown beside the draft, where the agency chooses the person. */
  tenderer: z.strictObject({ creditCode: zCreditCode, name: zOrganisationName }),
  lot: z.strictObject({
    code,
    name,
    regime,
    projectType,
    jurisdiction: jurisdiction.optional(),
    tendererCity: tendererCity.optional(),
    schedule: schedule.partial().optional(),
    /** Its `method` follows from the regime. */
    rules: zTenderRules.omit({ method: true }).extend({ facts: zLotFacts.partial() }).partial().optional(),
  }),
});
export type LotImport = z.infer<typeof zLotImport>;

/** `lot`: the name that the lot will have for ever, once the agency founds it. */
export const zLotImported = z.strictObject({ id: zName, lot: zUuid, at: zInstant });
export type LotImported = z.infer<typeof zLotImported>;

export const zImportedLot = z.strictObject({
  lot: zUuid,
  at: zInstant,
  /** The platform that handed it over. */
  from: z.strictObject({ id: zName, name: z.string() }),
  content: zLotImport,
});
export type ImportedLot = z.infer<typeof zImportedLot>;
const zImportedLotRow = zImportedLot.omit({ content: true }).extend({
  id: zName,
  project: zLotImport.shape.project,
  tenderer: z.string(),
  code,
  name,
  regime,
});
export type ImportedLotRow = z.infer<typeof zImportedLotRow>;
export const zImportedLotPage = z.strictObject({ items: z.array(zImportedLotRow), next: z.string().nullable() });
export type ImportedLotPage = z.infer<typeof zImportedLotPage>;
