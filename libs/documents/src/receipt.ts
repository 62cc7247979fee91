import { canonicalBytes, type JsonValue, parseCanonical, parseCanonicalBytes } from '@app/contracts';
import { z } from 'zod';
import { DocumentError } from './opening-record.js';
import { type Block, drawPaper } from './paper.js';
import { ACT, instant, NONE, wordOf } from './words.js';

/** What the form prints of a receipt (`zActReceipt` of libs/archive); the whole receipt is attached. */
const zReceipt = z.object({
  receipt: z.object({ origin: z.string(), id: z.string(), commitment: z.string(), at: z.string() }),
  key: z.string(),
  signature: z.string(),
  proof: z.object({ batch: z.number(), header: z.object({ at: z.string() }), checkpoint: z.string() }).nullable(),
  opening: z.object({ text: z.string() }).nullable(),
});
const zAct = z.object({
  command: z.object({
    type: z.string(),
    lot: z.string(),
    round: z.number(),
    public: z.object({
      bid: z.string().optional(),
      replaces: z.string().optional(),
      package: z.string().optional(),
      manifest: z.object({ ciphertext: z.object({ hash: z.string(), size: z.number() }) }).optional(),
    }),
  }),
  person: z.object({ name: z.string() }),
  organisation: z.object({ name: z.string() }),
  creditCode: z.string(),
});
type Receipt = z.infer<typeof zReceipt>;

/** Name of the receipt's data inside the document: what `npm run verify` and the page 核验 judge. */
const RECEIPT_FILE = 'receipt.json';

/**
 * 投标回执 (电子招标投标办法 27) as PDF, form 1: a function of the receipt, of which it says nothing that is not in it. What proves it is the receipt's own
 * signature and proof, attached as they are; whoever signs the PDF says only that this is the receipt that he was given. Throws {@link DocumentError}.
 */
export async function receiptPdf(receipt: JsonValue, font: Uint8Array): Promise<Uint8Array> {
  const bytes = canonicalBytes(receipt);
  const read = zReceipt.safeParse(parseCanonicalBytes(bytes));
  if (!read.success) throw new DocumentError(`no receipt: ${read.error.issues[0]?.path.join('.') ?? ''}`);
  const { id, at } = read.data.receipt;
  return drawPaper(
    {
      title: '投标回执',
      subtitle: `回执编号 ${id}`,
      at,
      blocks: blocksOf(read.data),
      footer: `投标回执 ${id}`,
      attachment: { name: RECEIPT_FILE, description: '回执数据（含主场签名与证明）', bytes },
    },
    font,
  );
}

function blocksOf({ receipt, key, signature, proof, opening }: Receipt): Block[] {
  const act = opening === null ? null : actIn(opening.text);
  const rows: [string, string][] = [
    ['主场收到时间', instant(receipt.at)],
    ['承诺值', receipt.commitment],
    ['平台日志', receipt.origin],
    ['主场签名密钥', key],
    ['主场签名', signature],
    [
      '平台日志证明',
      proof === null ? '出具时尚无；届时请重新取得回执' : `第 ${String(proof.batch)} 条，${instant(proof.header.at)}，检查点已附`,
    ],
  ];
  return [
    { kind: 'facts', rows: [...(act === null ? [] : rowsOf(act)), ...rows] },
    {
      kind: 'note',
      text:
        `所附 ${RECEIPT_FILE} 是主场出具的回执原文：主场的签名、承诺值及其进入平台日志的证明。任何人可在“核验”页或以 npm run verify 核验本文件或该附件，无须信任主场。` +
        '本文件的电子签名是持有人的，不代替主场的签名。该行为之后可能被替换或撤回，以锁定时的日志为准。时间均为北京时间。',
    },
  ];
}

function rowsOf({
  command: { type, lot, round, public: payload },
  person,
  organisation,
  creditCode,
}: z.infer<typeof zAct>): [string, string][] {
  const { bid, replaces, package: documents, manifest } = payload;
  const rows: [string, string | undefined][] = [
    ['行为', wordOf(ACT, type)],
    ['标段', `${lot}（第 ${String(round)} 轮）`],
    ['投标人', `${organisation.name}（${creditCode}）`],
    ['经办人', person.name],
    ['投标编号', bid],
    ['所替换的投标', replaces],
    ['招标文件 SHA-256', documents],
    ['投标文件密文 SHA-256', manifest?.ciphertext.hash],
    ['密文大小（字节）', manifest === undefined ? undefined : String(manifest.ciphertext.size)],
  ];
  return rows.map(([label, value]): [string, string] => [label, value ?? NONE]).filter(([, value]) => value !== NONE);
}

/** Null for what is no act: the verifier says so, the form prints nothing of it. */
function actIn(text: string): z.infer<typeof zAct> | null {
  try {
    return zAct.safeParse(parseCanonical(text)).data ?? null;
  } catch {
    return null;
  }
}
