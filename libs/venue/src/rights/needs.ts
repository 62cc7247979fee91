import type { Need } from '@app/contracts';
import { SetMetadata } from '@nestjs/common';

/** Key of what a route, a message or their class needs. */
export const NEEDS = 'gongping:needs';

/**
 * Who may ask for what stands behind this route or message (libs/contracts/src/rights.ts); on a class, for all that say nothing themselves.
 * What has none is refused to everybody.
 */
export const Needs = (need: Need): MethodDecorator & ClassDecorator => SetMetadata(NEEDS, need);
