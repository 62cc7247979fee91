import { zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { zMoney, zPrice } from '../kernel/fields.js';
import { zSecurityForm } from '../lot/index.js';

/** What came from one bidder: money on the account, or a guarantee (保函). `receivedAt`: when it was there, by the bank's or the issuer's word. */
export const zReceivedSecurity = z.strictObject({ form: zSecurityForm, amount: zPrice, receivedAt: zInstant });
export type ReceivedSecurity = z.infer<typeof zReceivedSecurity>;

/** `received`: null where nothing came. Secret `number`: of the payment or the guarantee, required where something did. */
export const zRecordSecurity = z.strictObject({ bidder: zName, received: zReceivedSecurity.nullable() });
export const zSecurityNumber = z.string().trim().min(1).max(100);
/** `interest`: 银行同期存款利息, CNY; 0 for a guarantee. `returnedAt`: when the money or the guarantee went back. */
export const zReturnSecurity = z.strictObject({ bidder: zName, interest: zMoney, returnedAt: zInstant });
export const zWithholdSecurity = z.strictObject({ bidder: zName });
