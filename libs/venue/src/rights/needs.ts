import type { Need } from '@app/contracts';
import { SetMetadata } from '@nestjs/common';

/** Key of what a route, a message or their class needs. */
export const NEEDS = 'gongping:needs';

/**
 * Who may ask for what stands behind this route or message (libs/contracts/src/rights.ts); on a class, for all that say nothing themselves.
 * What has none is refused to everybody.
 */
export const Needs = (need: Need): MethodDecorator & ClassDecorator => SetMetadata(NEEDS, need);

/** Key of what looks at the `authorization` header itself. */
export const OWN_KEY = 'gongping:own-key';

/** A node's door: whoever asks shows a key of their own in the `authorization` header, which is no session's. The handler checks it. */
export const ByOwnKey = (): MethodDecorator & ClassDecorator => SetMetadata(OWN_KEY, true);
