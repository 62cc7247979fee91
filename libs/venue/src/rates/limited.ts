import { SetMetadata } from '@nestjs/common';
import type { RateName } from './rates.js';

/** Key of the rate that bounds a route or message. */
export const LIMITED = 'gongping:limited';

/** Each request or message of somebody counts towards this limit; the guard refuses what is beyond it, before anything is done. */
export const Limited = (name: RateName): MethodDecorator => SetMetadata(LIMITED, name);
