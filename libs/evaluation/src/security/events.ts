import { zDecimal, zInstant, zName } from '@app/contracts';
import { z } from 'zod';
import { of } from '../kernel/fields.js';
import { zReceivedSecurity } from './commands.js';

const at = zInstant;

/** Why a security is kept: the bid was revoked, the award given up, the performance security not given. */
export const WITHHOLDING_GROUNDS = ['REVOKED', 'GIVES_UP', 'NO_PERFORMANCE_SECURITY'] as const;

/** The number of the payment is a secret part of the entry: what everybody reads is what is read out. */
export const zSecurityRecorded = of('security.recorded', { at, by: zName, bidder: zName, received: zReceivedSecurity.nullable() });
/** `late`: after the day that the law sets. */
export const zSecurityReturned = of('security.returned', {
  at,
  by: zName,
  bidder: zName,
  amount: zDecimal,
  interest: zDecimal,
  returnedAt: zInstant,
  late: z.boolean(),
});
export const zSecurityWithheld = of('security.withheld', { at, by: zName, bidder: zName, ground: z.enum(WITHHOLDING_GROUNDS) });
