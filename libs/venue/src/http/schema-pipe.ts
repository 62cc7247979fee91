import { StandardSchemaValidationPipe } from '@nestjs/common';
import { malformed } from '../payload/payload.js';

/** Reads what an endpoint takes by the schema that stands beside it (`@Body({ schema })`). Throws MALFORMED that names the first fault. */
export const schemaPipe = (): StandardSchemaValidationPipe => new StandardSchemaValidationPipe({ exceptionFactory: malformed });
