/** Statutory words of the documents. They are part of the form: another word is other bytes, and so another form. */

const pad = (value: number): string => String(value).padStart(2, '0');
const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** Beijing time to the second, whatever the zone of the machine; an unreadable instant as it stands, none as a dash. */
export function instant(text: string | null): string {
  if (text === null) return NONE;
  const at = new Date(Date.parse(text) + BEIJING_OFFSET_MS);
  if (Number.isNaN(at.getTime())) return text;
  const date = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()].map(pad).join('-');
  return `${date} ${[at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(pad).join(':')}`;
}

export const NONE = '—';

/** `9350000.00` → `9,350,000.00`; anything else as it stands. */
export const money = (decimal: string): string => decimal.replace(/^\d+(?=\.\d+$|$)/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','));

type Words = Readonly<Record<string, string>>;
/** A code that the form has no word for stands there as itself. */
export const wordOf = (words: Words, code: string | null): string => (code === null ? NONE : (words[code] ?? code));

export const REGIME: Words = { TENDER_LAW: '招标投标法', GOV_PROCUREMENT: '政府采购法' };
export const STATUS: Words = {
  LOCKED: '未开启',
  EXTRACTED: '待投标人解密',
  DECRYPTED: '正在开启',
  OPENED: '解密成功',
  FAILED_BIDDER_FAULT: '解密失败（视为撤销）',
  FAILED_OTHER_FAULT: '解密失败（视为撤回）',
};
export const RESULT: Words = {
  WRONG_KEY: '密钥不对',
  CERT_EXPIRED: '证书到期',
  FILE_CORRUPT: '文件损坏',
  TIMEOUT: '逾时未解密',
  PLATFORM_ERROR: '平台故障',
};
export const FAULT: Words = {
  BIDDER: '投标人原因',
  PLATFORM: '平台原因',
  TENDERER: '招标人原因',
  CA: '认证机构原因',
  FORCE_MAJEURE: '不可抗力',
  UNDETERMINED: '未认定',
};
export const SECURITY_FORM: Words = {
  TRANSFER: '转账',
  BANK_GUARANTEE: '银行保函',
  SURETY_GUARANTEE: '担保机构保函',
  INSURANCE: '保证保险',
};
export const SECURITY_FINDING: Words = { MISSING: '未提交', FORM: '形式不符', SHORT: '金额不足', LATE: '逾期' };
export const ACT: Words = {
  'bidding.download': '下载招标文件',
  'bidding.deliver': '递交投标文件',
  'bidding.replace': '替换投标文件',
  'bidding.withdraw': '撤回投标文件',
};

const VENUE: Words = { main: '主场', supervision: '监督' };
const ROLE: Words = { tenderer: '招标人', agency: '招标代理机构', bidder: '投标人', witness: '见证人员', supervisor: '监督人员' };
const ROLE_GOV: Words = { tenderer: '采购人', agency: '采购代理机构', bidder: '供应商' };

/** `sub-1` → 副场 1. */
export const venueOf = (id: string): string => wordOf(VENUE, id.replace(/^sub-(\d+)$/, '副场 $1'));

/** A party of the log by its duty: `bidder-3` → 投标人 3 (under procurement law 供应商 3). */
export function partyOf(party: string, regime: string): string {
  const roles = regime === 'GOV_PROCUREMENT' ? { ...ROLE, ...ROLE_GOV } : ROLE;
  if (party.startsWith('node:')) return `${venueOf(party.slice('node:'.length))}节点`;
  if (party.startsWith('witness-')) return `${wordOf(roles, 'witness')}（${venueOf(party.slice('witness-'.length))}）`;
  const [, kind = party, number = ''] = /^(\w+)-(\d+)$/.exec(party) ?? [];
  return number === '' ? wordOf(roles, kind) : `${wordOf(roles, kind)} ${number}`;
}

/** Why somebody signs a document, as the signature says it. */
export const REASON = { openingRecord: '签署开标记录', supervision: '监督开标', receipt: '投标回执' } as const;
