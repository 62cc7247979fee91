import { TV_E2E_01, TV_E2E_02 } from '@app/testing/lots';
import { creditCode } from './credit-code.js';

/** Everybody of the demonstration. All names are invented; credit codes only have the right form. */

export interface CastOrganisation {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string;
}

export interface CastPerson {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
  /** Roles of the installation (角色) that the registry grants him. */
  readonly grants: readonly string[];
  /** The part he plays in the demonstration's lots: for the login screen only, rights come from each lot. */
  readonly roles: readonly string[];
  readonly part: { readonly zh: string; readonly en: string };
  /** Which of the two demonstration authorities certifies him. */
  readonly authority: 0 | 1;
}

export interface CastExpert {
  readonly person: string;
  readonly specialties: readonly string[];
  readonly city: string;
}

/** Type of register, province and district (永康市 330784), then a body number. */
const code = (kind: string, number: number): string => creditCode(`${kind}330784MA2${String(number).padStart(6, '0')}`);

export const COMPANIES: readonly CastOrganisation[] = [...TV_E2E_01.bids, ...TV_E2E_02.bids].map(({ company }, index) => ({
  id: `company-${String(index + 1).padStart(2, '0')}`,
  name: company,
  creditCode: code('91', 101 + index),
}));

export const ORGANISATIONS: readonly CastOrganisation[] = [
  { id: 'tenderer', name: '永康市城市建设投资集团有限公司', creditCode: code('91', 1) },
  { id: 'purchaser', name: '永康市教育局', creditCode: code('11', 2) },
  { id: 'agency', name: '浙江正衡工程咨询有限公司', creditCode: code('91', 3) },
  { id: 'centre', name: '永康市公共资源交易中心', creditCode: code('12', 4) },
  { id: 'centre-sub-1', name: '杭州市公共资源交易中心', creditCode: code('12', 5) },
  { id: 'centre-sub-2', name: '温州市公共资源交易中心', creditCode: code('12', 6) },
  { id: 'supervision', name: '永康市公共资源交易监督管理办公室', creditCode: code('11', 7) },
  ...COMPANIES,
];

const person = (
  id: string,
  name: string,
  organisation: string | null,
  role: string,
  part: CastPerson['part'],
  grants: readonly string[] = [],
): CastPerson => ({ id, name, organisation, grants, roles: [role], part, authority: 0 });

const OFFICE: readonly CastPerson[] = [
  person('host', '方晓东', 'agency', 'agency', { zh: '开标主持人（代理机构）', en: 'host of the opening (agency)' }, ['agency']),
  person('tenderer-rep', '吕建平', 'tenderer', 'tenderer', { zh: '招标人', en: 'tenderer' }),
  person('purchaser-rep', '胡雅琴', 'purchaser', 'tenderer', { zh: '采购人', en: 'purchaser' }),
  person('committee-rep', '应振华', 'tenderer', 'tenderer-representative', {
    zh: '招标人代表（评标）',
    en: 'tenderer’s representative in the committee',
  }),
  person('committee-rep-2', '楼晓燕', 'purchaser', 'tenderer-representative', {
    zh: '采购人代表（评审）',
    en: 'purchaser’s representative in the committee',
  }),
  person('committee-rep-3', '朱跃进', 'purchaser', 'tenderer-representative', {
    zh: '采购人代表（评审）',
    en: 'purchaser’s representative in the committee',
  }),
  person('supervisor', '章正明', 'supervision', 'supervisor', { zh: '行政监督人员', en: 'supervisor' }, ['supervisor']),
  person('witness-sub-1', '俞佳', 'centre-sub-1', 'witness', { zh: '杭州分会场见证人', en: 'witness at the Hangzhou venue' }, [
    'venue-staff',
  ]),
  person('witness-sub-2', '陈晨', 'centre-sub-2', 'witness', { zh: '温州分会场见证人', en: 'witness at the Wenzhou venue' }, [
    'venue-staff',
  ]),
  person('operator', '施磊', 'centre', 'operator', { zh: '平台运维', en: 'platform operator' }, ['operations']),
  person('pool-owner', '金慧敏', 'centre', 'pool-owner', { zh: '专家库管理', en: 'owner of the expert pool' }, ['pool-office']),
  person('administrator', '卢静', 'centre', 'administrator', { zh: '系统管理员', en: 'system administrator' }, ['administrator']),
];

/** His certificate is on the revocation list: what a refusal looks like. */
export const REVOKED_PERSON = person('former-clerk', '赵宇', 'agency', 'agency', {
  zh: '已离职经办人（证书已吊销）',
  en: 'former clerk (certificate revoked)',
});

const AGENT_NAMES = ['王建华', '陈国强', '林志明', '黄伟', '徐立新', '沈文斌', '周海涛', '何敏', '吴倩', '郑凯'];
const AGENTS = COMPANIES.map((company, index) =>
  person(`bidder-${String(index + 1).padStart(2, '0')}`, AGENT_NAMES[index] ?? company.name, company.id, 'bidder', {
    zh: `投标人：${company.name}`,
    en: `bidder, company ${index + 1}`,
  }),
);

/** Companies that bid beyond those of the worked lots, each with somebody who acts for it: for measurements. `crowd-0001` works for `crowd-company-0001`. */
export function crowdOf(count: number): { readonly organisations: readonly CastOrganisation[]; readonly people: readonly CastPerson[] } {
  const numbers = Array.from({ length: count }, (_none, index) => String(index + 1).padStart(4, '0'));
  return {
    organisations: numbers.map((number) => ({
      id: `crowd-company-${number}`,
      name: `投标企业${number}有限公司`,
      creditCode: code('91', 100_000 + Number(number)),
    })),
    people: numbers.map((number) =>
      person(`crowd-${number}`, `投标人${number}`, `crowd-company-${number}`, 'bidder', {
        zh: `投标人：${number}`,
        en: `bidder ${number}`,
      }),
    ),
  };
}

const CITIES = ['永康', '杭州', '温州'] as const;
const EXPERT_NAMES = [
  ['李国栋', '张慧', '王新民', '刘志远', '陈丽华', '杨光', '赵晓峰', '孙建国', '周敏', '吴昊'],
  ['郑海燕', '冯涛', '蒋文静', '沈俊', '韩雪', '曹明', '许志刚', '邓丽', '萧然', '曾庆华'],
  ['彭飞', '吕芳', '苏健', '卢秀英', '蔡伟民', '贾平', '丁宁', '魏强', '薛梅', '叶青松'],
] as const;
/** 发改法规〔2018〕316号: A08 construction, A0401 building design, A06 cost, B goods, C services. Every city has each at least four times. */
const SPECIALTIES = [
  ['A0801', 'A0401'],
  ['A0802', 'A0601'],
  ['A0801', 'C0301'],
  ['B0101', 'C0301'],
  ['A0601', 'B0102'],
] as const;

const EXPERT_LIST = EXPERT_NAMES.flatMap((names, place) => names.map((name, index) => ({ name, city: CITIES[place] ?? CITIES[0], index })));
const expertId = (place: number): string => `expert-${String(place + 1).padStart(2, '0')}`;
const EXPERT_PEOPLE = EXPERT_LIST.map(({ name, city }, place) => ({
  ...person(expertId(place), name, null, 'expert', { zh: `评标专家（${city}）`, en: 'expert' }),
  authority: 1 as const,
}));
export const EXPERTS: readonly CastExpert[] = EXPERT_LIST.map(({ city, index }, place) => ({
  person: expertId(place),
  specialties: [...(SPECIALTIES[index % SPECIALTIES.length] ?? [])],
  city,
}));

const AWARD = ['吕志强', '胡坚', '楼国平', '应丽君', '徐康', '童晓明', '程永'].map((name, index) =>
  person(`award-${index + 1}`, name, 'tenderer', 'award-member', { zh: '定标委员会成员', en: 'member of the award committee' }),
);

export const PEOPLE: readonly CastPerson[] = [...OFFICE, ...AGENTS, ...EXPERT_PEOPLE, ...AWARD, REVOKED_PERSON];

export interface CastVenue {
  readonly id: 'main' | 'sub-1' | 'sub-2' | 'supervision';
  readonly name: string;
  readonly role: 'main' | 'sub' | 'supervision';
  readonly city: string;
  readonly port: number;
  readonly rooms: readonly {
    readonly id: string;
    readonly name: string;
    readonly seats: readonly { readonly id: string; readonly name: string }[];
  }[];
}

const room = (id: string, name: string, seats: number) => ({
  id,
  name,
  seats: Array.from({ length: seats }, (_unused, index) => ({ id: `${id}-s${index + 1}`, name: `${index + 1}号席位` })),
});

export const VENUES: readonly CastVenue[] = [
  {
    id: 'main',
    name: '永康市公共资源交易中心（主场）',
    role: 'main',
    city: '永康',
    port: 7100,
    rooms: [room('main-r1', '评标一室', 7), room('main-r2', '定标室', 7)],
  },
  {
    id: 'sub-1',
    name: '杭州市公共资源交易中心（副场）',
    role: 'sub',
    city: '杭州',
    port: 7101,
    rooms: [room('sub-1-r1', '远程评标一室', 7)],
  },
  {
    id: 'sub-2',
    name: '温州市公共资源交易中心（副场）',
    role: 'sub',
    city: '温州',
    port: 7102,
    rooms: [room('sub-2-r1', '远程评标一室', 7)],
  },
  { id: 'supervision', name: '永康市公共资源交易监督管理办公室', role: 'supervision', city: '永康', port: 7103, rooms: [] },
];
