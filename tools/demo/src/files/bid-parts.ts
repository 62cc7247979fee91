import { capitalAmount } from '@app/evaluation';
import type { PartInMemory, PartType } from '@app/sealing';
import type { LotPlan, PlannedBid } from '@app/testing/lots';
import { renderPdf } from './pdf.js';
import type { Block } from './pdf.js';

/** The parts of one bid besides its opening sheet: 投标函, 技术标, 商务标 and 已标价工程量清单/报价明细, as PDF. */
export async function bidParts(lot: LotPlan, bid: PlannedBid, at: string): Promise<PartInMemory[]> {
  const render = (title: string, blocks: Block[]): Promise<Uint8Array> => renderPdf(title, bid.company, at, blocks);
  const [letter, technical, commercial, prices] = await Promise.all([
    render('投标函', letterBlocks(lot, bid)),
    render('技术标', technicalBlocks(lot, bid)),
    render('商务标', commercialBlocks(lot, bid)),
    render('报价明细表', priceBlocks(lot, bid)),
  ]);
  const part = (type: PartType, title: string, content: Uint8Array): PartInMemory => ({ type, title, media: 'application/pdf', content });
  return [
    part('PRICE', '投标函', letter),
    part('PRICE', '报价明细表', prices),
    part('COMMERCIAL', '商务标', commercial),
    part('TECHNICAL', '技术标', technical),
  ];
}

function letterBlocks(lot: LotPlan, bid: PlannedBid): Block[] {
  return [
    {
      kind: 'paragraph',
      text: `致招标人：我方已仔细研究“${lot.name}”（${lot.code}）招标文件的全部内容，愿意以人民币（大写）${capitalAmount(bid.price) ?? ''}（¥${bid.price}）的投标总报价，按合同约定完成全部工作内容。`,
    },
    {
      kind: 'paragraph',
      text: `我方承诺工期（交付期）为 ${bid.duration} 日历天，质量达到国家现行验收规范合格标准，投标有效期为自投标截止之日起 90 日历天，有效期内不撤销投标文件。`,
    },
    { kind: 'paragraph', text: `项目负责人：${bid.lead}。随本投标函递交投标保证金电子保函一份，金额不超过招标项目估算价的百分之二。` },
    ...(bid.smallMicro === true
      ? [{ kind: 'paragraph' as const, text: '中小企业声明函：本公司郑重声明，提供的货物由小型企业制造，符合财库〔2020〕46号规定。' }]
      : []),
    { kind: 'paragraph', text: `${bid.company}（电子签章）　${bid.letter} 号投标人` },
  ];
}

function technicalBlocks(lot: LotPlan, bid: PlannedBid): Block[] {
  const chapters =
    lot.regime === 'TENDER_LAW'
      ? ['施工总体部署', '施工进度计划与保证措施', '质量安全与文明施工', '交通导改与管线保护']
      : ['总体技术方案', '参数响应与偏离说明', '安装调试与培训', '售后服务与备件'];
  return chapters.flatMap((title, index) => [
    { kind: 'heading' as const, text: `第${'一二三四'[index] ?? ''}章　${title}` },
    { kind: 'paragraph' as const, text: chapterText(bid, title, index) },
    { kind: 'paragraph' as const, text: `本章措施由 ${bid.lead} 负责落实，按周检查、按月总结，检查记录随履约资料一并归档。` },
  ]);
}

function chapterText(bid: PlannedBid, title: string, index: number): string {
  const days = Number(bid.duration);
  const openings = [
    '针对本项目的范围与现场条件，',
    '结合我方近三年同类项目的经验，',
    '依据招标文件的技术要求，',
    '考虑到周边居民与学校的正常秩序，',
  ];
  return `${openings[(index + bid.letter.charCodeAt(0)) % openings.length] ?? ''}我方就“${title}”拟定如下安排：准备阶段 ${Math.round(days / 10)} 天，实施阶段 ${Math.round(days * 0.75)} 天，收尾与移交 ${Math.round(days * 0.15)} 天；关键线路采用网络图控制，资源投入按高峰期配置，并设专人每日核对偏差，偏差超过三天即启动纠偏措施。`;
}

function commercialBlocks(lot: LotPlan, bid: PlannedBid): Block[] {
  const rows = [2022, 2023, 2024].map((year, index) => [
    String(year),
    `${['东湖', '江北', '新城'][index] ?? ''}${lot.regime === 'TENDER_LAW' ? '片区道路工程' : '学校设备采购'}`,
    '已验收',
    '合格',
  ]);
  return [
    { kind: 'heading', text: '近三年类似业绩' },
    { kind: 'table', widths: [60, 230, 90, 90], rows: [['年份', '项目名称', '状态', '评价'], ...rows] },
    { kind: 'paragraph', text: `${bid.company} 具有独立承担民事责任的能力，近三年内未被列入失信被执行人名单，未发生重大质量安全事故。` },
  ];
}

function priceBlocks(lot: LotPlan, bid: PlannedBid): Block[] {
  const cents = BigInt(bid.price.replace('.', ''));
  const shares = lot.regime === 'TENDER_LAW' ? [41n, 27n, 18n, 9n] : [55n, 25n, 12n, 5n];
  const names =
    lot.regime === 'TENDER_LAW'
      ? ['路基路面工程', '排水管道工程', '交通设施工程', '绿化照明工程', '措施项目与规费']
      : ['交互式教学终端', '录播系统', '网络与机柜', '安装调试', '培训与售后'];
  const amounts = shares.map((share) => (cents * share) / 100n);
  amounts.push(cents - amounts.reduce((sum, amount) => sum + amount, 0n));
  const money = (amount: bigint): string => `${amount / 100n}.${(amount % 100n).toString().padStart(2, '0')}`;
  return [
    {
      kind: 'table',
      widths: [50, 270, 150],
      rows: [
        ['序号', '项目', '金额（元）'],
        ...amounts.map((amount, index) => [String(index + 1), names[index] ?? '', money(amount)]),
        ['', '合计', bid.price],
      ],
    },
    { kind: 'paragraph', text: `合计大写：${capitalAmount(bid.price) ?? ''}。` },
  ];
}
