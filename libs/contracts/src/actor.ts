import { z } from 'zod';

/** Part a party plays in one lot (domain.md §2). `chair` is no role: it is what the committee's vote makes of a member. */
export const ROLES = [
  'tenderer', // 招标人 / 采购人
  'agency', // 招标代理机构
  'bidder', // 投标人 / 供应商
  'expert', // 评标专家
  'tenderer-representative', // 招标人代表
  'witness', // 见证人员
  'supervisor', // 监督人员
  'award-member', // 定标委员会成员
  'node', // a venue's or the supervision authority's own process
] as const;
export const zRole = z.enum(ROLES);
export type Role = z.infer<typeof zRole>;

/** Whoever looks at a lot: the party he is there (null for the public) and its roles. */
export interface Viewer {
  readonly party: string | null;
  readonly roles: readonly Role[];
}

export const PUBLIC_VIEWER: Viewer = { party: null, roles: [] };
