import { canonicalBytes, type JsonValue, parseCanonical, parseCanonicalBytes } from '@app/contracts';
import type { CryptoProfile } from '@app/sealing';
import { z } from 'zod';
import { type Block, drawPaper } from './paper.js';
import { FAULT, instant, money, NONE, partyOf, REGIME, RESULT, SECURITY_FINDING, SECURITY_FORM, STATUS, venueOf, wordOf } from './words.js';

const zText = z.string().nullable().default(null);
const zByParty = z.record(z.string(), z.string()).default({});
const zSheet = z.object({
  price: z.string(),
  priceWords: z.string(),
  duration: z.string(),
  quality: z.string(),
  projectLead: z.string(),
  validityDays: z.number(),
  security: z.object({ kind: z.string(), amount: z.string() }).nullable(),
});

const zReceived = z.object({ form: z.string(), amount: z.string(), receivedAt: z.string() });
const SHEET_FIELDS = ['price', 'priceWords', 'duration', 'quality', 'projectLead', 'validityDays', 'security'] as const;
type SheetField = (typeof SHEET_FIELDS)[number];
/** Form 1, where the tender document says nothing else. `width`: share of the line. */
const COLUMNS: Readonly<Record<SheetField, { readonly title: string; readonly width: number; readonly align?: 'right' }>> = {
  price: { title: '投标报价（元）', width: 0.1, align: 'right' },
  priceWords: { title: '大写', width: 0.13 },
  duration: { title: '工期（交货期）', width: 0.08 },
  quality: { title: '质量', width: 0.07 },
  projectLead: { title: '项目负责人', width: 0.07 },
  validityDays: { title: '有效期（天）', width: 0.05, align: 'right' },
  security: { title: '投标保证金', width: 0.07 },
};
/** What they have of the line together. */
const COLUMNS_WIDTH = 0.57;

/** What the form prints of an opening record, of every engine so far. The whole record is attached, with what it does not print. */
const zRecord = z.object({
  origin: z.string(),
  lot: z.object({ code: z.string(), name: z.string(), regime: z.string(), ceiling: zText }),
  place: z.string(),
  deadline: zText,
  startedAt: zText,
  host: zText,
  readOutAt: zText,
  signedIn: zByParty,
  bids: z.array(
    z.object({
      bid: z.string(),
      bidder: z.string(),
      name: z.string(),
      deliveredAt: zText,
      ciphertext: z.string(),
      status: z.string(),
      result: zText,
      fault: zText,
      explanation: zText,
      at: zText,
      sheet: zSheet.nullable().default(null),
      security: z.object({ received: zReceived.nullable(), findings: z.array(z.string()) }).optional(),
    }),
  ),
  coefficient: z.object({ value: zText, seed: zText, nonces: zByParty }),
  findings: z
    .array(
      z.object({ by: z.string(), bid: z.string(), result: z.string(), fault: z.string(), explanation: z.string(), countersignedBy: zText }),
    )
    .default([]),
  objections: z.array(z.object({ by: z.string(), at: z.string(), text: z.string(), reply: zText })).default([]),
  confirmations: zByParty,
  /** Absent where the tender document asks for none. */
  bidSecurity: z.object({ amount: z.string(), forms: z.array(z.string()) }).optional(),
  /** 开标记录模板, where the tender document set one. */
  form: z
    .object({
      title: z.string(),
      note: z.string(),
      columns: z.array(z.object({ field: z.enum(SHEET_FIELDS), title: z.string() })),
    })
    .optional(),
});
type OpeningRecord = z.infer<typeof zRecord>;

/** Name of the record's data inside the document. */
const OPENING_RECORD_FILE = 'opening-record.json';

/** Thrown when what should be printed is not of the form that the document prints. */
export class DocumentError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DocumentError';
  }
}

/** An entry of a lot's log, in an archive or as it is sent to a reader. */
interface EntryWithParts {
  readonly header: { readonly type: string };
  readonly parts: Readonly<Record<string, { readonly text: string } | undefined>>;
}

/** The opening record that a log holds; null where none was made, or the reader was not given it. Throws `CanonicalError` on other text. */
export function openingRecordIn(entries: readonly EntryWithParts[]): JsonValue | null {
  const text = entries.findLast(({ header }) => header.type === 'opening.make-record')?.parts['d:record']?.text;
  return text === undefined ? null : parseCanonical(text);
}

/**
 * 开标记录 (招标投标法 36, 电子招标投标办法 32) as PDF, form 1: a function of the record in part `d:record` of the lot's log, and of nothing else but
 * the font, so that whoever has the lot's archive makes the same bytes. The record is attached as it stands in the log: its hash is the one
 * that the parties signed there. Throws {@link DocumentError}.
 */
export async function openingRecordPdf(profile: CryptoProfile, record: JsonValue, font: Uint8Array): Promise<Uint8Array> {
  const bytes = canonicalBytes(record);
  // Read from the canonical bytes, so that the order in which somebody's program holds the members tells nothing.
  const read = zRecord.safeParse(parseCanonicalBytes(bytes));
  if (!read.success) throw new DocumentError(`no opening record: ${read.error.issues[0]?.path.join('.') ?? ''}`);
  const hash = profile.hashHex(bytes);
  const { lot, startedAt, deadline, readOutAt, form } = read.data;
  const title = form?.title ?? '开标记录';
  return drawPaper(
    {
      title,
      subtitle: `${lot.name}（${lot.code}）`,
      at: readOutAt ?? startedAt ?? deadline ?? '1970-01-01T00:00:00.000Z',
      blocks: blocksOf(read.data, hash),
      footer: `${title} ${hash}`,
      attachment: { name: OPENING_RECORD_FILE, description: '开标记录数据（日志所载原文）', bytes },
    },
    font,
  );
}

function blocksOf(record: OpeningRecord, hash: string): Block[] {
  const { lot, bids, coefficient, findings, objections, form } = record;
  const nameOf = new Map(bids.map(({ bidder, name }) => [bidder, name]));
  const party = (id: string | null): string => {
    if (id === null) return NONE;
    const name = nameOf.get(id) ?? '';
    return name === '' ? partyOf(id, lot.regime) : `${name}（${partyOf(id, lot.regime)}）`;
  };
  const nth = new Map(bids.map(({ bid }, index) => [bid, String(index + 1)]));
  const head: Block[] = form === undefined || form.note === '' ? [] : [{ kind: 'note', text: form.note }];
  const blocks: Block[] = [factsOf(record, hash, party), ...head, readOutOf(record), ...securitiesOf(record), ciphertextsOf(record)];
  if (coefficient.value !== null)
    blocks.push({
      kind: 'table',
      title: '系数',
      columns: [
        { title: '项目', width: 0.25 },
        { title: '内容', width: 0.75 },
      ],
      rows: [
        ['系数 K', coefficient.value],
        ...(coefficient.seed === null ? [] : [['抽取种子', coefficient.seed]]),
        ...Object.entries(coefficient.nonces).map(([by, nonce]) => [`${party(by)}提供的数`, nonce]),
      ],
    });
  if (findings.length > 0)
    blocks.push({
      kind: 'table',
      title: '未解密原因认定',
      columns: [
        { title: '序号', width: 0.06 },
        { title: '结果', width: 0.14 },
        { title: '责任', width: 0.14 },
        { title: '说明', width: 0.36 },
        { title: '认定人', width: 0.15 },
        { title: '会签人', width: 0.15 },
      ],
      rows: findings.map(({ bid, result, fault, explanation, by, countersignedBy }) => [
        nth.get(bid) ?? bid,
        wordOf(RESULT, result),
        wordOf(FAULT, fault),
        explanation,
        party(by),
        party(countersignedBy),
      ]),
    });
  blocks.push({
    kind: 'table',
    title: '开标异议与答复',
    columns: [
      { title: '异议人', width: 0.2 },
      { title: '时间', width: 0.15 },
      { title: '异议', width: 0.325 },
      { title: '答复', width: 0.325 },
    ],
    rows:
      objections.length === 0
        ? [['无', NONE, NONE, NONE]]
        : objections.map(({ by, at, text, reply }) => [party(by), instant(at), text, reply ?? NONE]),
  });
  blocks.push(attendanceOf(record, party));
  blocks.push({
    kind: 'note',
    text:
      '本文件由标段日志所载开标记录按固定版式（版式 1）生成，任何持有标段档案的人都可以重新生成并逐字节比对。' +
      `所附 ${OPENING_RECORD_FILE} 即日志所载原文，其 SHA-256 即“开标记录哈希”。电子签名附于本文件之后，签名人以其证书为准。时间均为北京时间。`,
  });
  return blocks;
}

type Party = (id: string | null) => string;

const factsOf = ({ origin, lot, place, deadline, startedAt, readOutAt, host }: OpeningRecord, hash: string, party: Party): Block => ({
  kind: 'facts',
  rows: [
    ['标段编号', lot.code],
    ['标段名称', lot.name],
    ['适用法律', wordOf(REGIME, lot.regime)],
    ['最高投标限价（元）', lot.ceiling === null ? '未设' : money(lot.ceiling)],
    ['开标地点', place === '' ? NONE : venueOf(place)],
    ['投标截止时间', instant(deadline)],
    ['开标时间', instant(startedAt)],
    ['唱标时间', instant(readOutAt)],
    ['主持人', party(host)],
    ['日志', origin],
    ['开标记录哈希', hash],
  ],
});

/** Columns of the sheets: those of the lot's own form share the room of all by what each has in form 1. */
function sheetColumns(form: OpeningRecord['form']) {
  if (form === undefined) return SHEET_FIELDS.map((field) => ({ field, ...COLUMNS[field] }));
  const total = form.columns.reduce((sum, { field }) => sum + COLUMNS[field].width, 0);
  return form.columns.map(({ field, title }) => {
    const { width, ...column } = COLUMNS[field];
    return { field, ...column, title, width: (width / total) * COLUMNS_WIDTH };
  });
}

function cellOf(sheet: z.infer<typeof zSheet> | null, field: SheetField): string {
  const value = sheet?.[field] ?? null;
  if (value === null) return NONE;
  if (typeof value === 'object') return `${value.kind} ${money(value.amount)}`;
  return field === 'price' ? money(String(value)) : String(value);
}

const readOutOf = ({ bids, form }: OpeningRecord): Block => ({
  kind: 'table',
  title: '唱标',
  columns: [
    { title: '序号', width: 0.04 },
    { title: '投标人', width: 0.15 },
    { title: '递交时间', width: 0.12 },
    { title: '解密', width: 0.12 },
    ...sheetColumns(form).map(({ field: _, ...column }) => column),
  ],
  rows: bids.map(({ name, bidder, deliveredAt, status, result, fault, explanation, at, sheet }, index) => {
    const failure = status.startsWith('FAILED') ? [wordOf(RESULT, result), wordOf(FAULT, fault), explanation ?? ''] : [];
    const opened = [wordOf(STATUS, status), ...failure, instant(at)].filter((text) => text !== '').join('\n');
    return [
      String(index + 1),
      name === '' ? bidder : name,
      instant(deliveredAt),
      opened,
      ...sheetColumns(form).map(({ field }) => cellOf(sheet, field)),
    ];
  }),
});

/** 投标保证金, where the tender document asks for one: what came, and what it lacks by the document. */
const securitiesOf = ({ bidSecurity, bids }: OpeningRecord): Block[] =>
  bidSecurity === undefined
    ? []
    : [
        {
          kind: 'table',
          title: `投标保证金（招标文件要求 ${money(bidSecurity.amount)} 元，${bidSecurity.forms.map((form) => wordOf(SECURITY_FORM, form)).join('、')}）`,
          columns: [
            { title: '序号', width: 0.06 },
            { title: '投标人', width: 0.3 },
            { title: '形式', width: 0.16 },
            { title: '金额（元）', width: 0.14, align: 'right' },
            { title: '到账（出具）时间', width: 0.16 },
            { title: '与招标文件比对', width: 0.18 },
          ],
          rows: bids.map(({ name, bidder, security }, index) => {
            const { received = null, findings = [] } = security ?? {};
            return [
              String(index + 1),
              name === '' ? bidder : name,
              ...(received === null
                ? [NONE, NONE, NONE]
                : [wordOf(SECURITY_FORM, received.form), money(received.amount), instant(received.receivedAt)]),
              findings.length === 0 ? '符合' : findings.map((finding) => wordOf(SECURITY_FINDING, finding)).join('、'),
            ];
          }),
        },
      ];

const ciphertextsOf = ({ bids }: OpeningRecord): Block => ({
  kind: 'table',
  title: '截止时锁定的投标文件',
  columns: [
    { title: '序号', width: 0.06 },
    { title: '投标编号', width: 0.36 },
    { title: '密文 SHA-256', width: 0.58 },
  ],
  rows: bids.map(({ bid, ciphertext }, index) => [String(index + 1), bid, ciphertext]),
});

function attendanceOf({ signedIn, confirmations, bids }: OpeningRecord, party: Party): Block {
  const bidders = bids.map(({ bidder }) => bidder);
  const others = Object.keys(signedIn).filter((id) => !bidders.includes(id));
  const at = (id: string): string => signedIn[id] ?? '';
  const parties = [...others.sort((a, b) => (at(a) < at(b) ? -1 : 1)), ...bidders];
  return {
    kind: 'table',
    title: '签到与确认',
    columns: [
      { title: '当事方', width: 0.4 },
      { title: '签到', width: 0.3 },
      { title: '确认开标记录', width: 0.3 },
    ],
    rows: parties.map((id) => [
      party(id),
      instant(signedIn[id] ?? null),
      bidders.includes(id) ? instant(confirmations[id] ?? null) : '不适用',
    ]),
  };
}
