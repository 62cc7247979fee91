import { readAccessOrigin } from '@app/contracts';
import { readOrigin } from '@app/evaluation';
import { isDomainError } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { Pipeline } from '../pipeline/pipeline.types.js';

/**
 * Which headers anybody may see: a lot's from its publication on, an access log's nobody's; other logs hold opaque commitments only.
 */
@Injectable()
export class LogSight {
  constructor(private readonly pipeline: Pipeline) {}

  async isPublic(origin: string): Promise<boolean> {
    if (readOrigin(origin) === null) return readAccessOrigin(origin) === null;
    try {
      return (await this.pipeline.lotState(origin)).setup.isPublic;
    } catch (error) {
      if (isDomainError(error, 'NOT_FOUND')) return false;
      throw error;
    }
  }
}
