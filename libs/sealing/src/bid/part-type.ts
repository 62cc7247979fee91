import { z } from 'zod';

/**
 * What a part of a bid is: 开标一览表, 报价 (price, bill of quantities, 投标函), 商务, 技术, 资格, 暗标 (technical, without the bidder's
 * name), and whatever else. Who may read a part follows from its type, never from its name.
 */
export const PART_TYPES = ['OPENING_SHEET', 'PRICE', 'COMMERCIAL', 'TECHNICAL', 'QUALIFICATION', 'BLIND_TECHNICAL', 'ATTACHMENT'] as const;
export type PartType = (typeof PART_TYPES)[number];

export const BID_PARTS_MAX = 1_000;

/** Place in the list, from 1, as four digits: an id says nothing, and two parts cannot share one. */
export const partId = (place: number): string => String(place).padStart(4, '0');
export const zPartId = z.string().regex(/^[0-9]{4}$/);
