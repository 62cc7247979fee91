import { ACT_TYPES } from '@app/evaluation';

/** Whether commands of this type are acts before the deadline (电子招标投标办法 Art. 21). */
export const isAct = (type: string): boolean => ACT_TYPES.some((known) => known === type);
