import type { JsonObject } from '@app/contracts';
import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Needs } from '../rights/needs.js';
import { Readiness } from './readiness.js';

const zUp = z.object({ status: z.literal('up') });
const zReady = z.looseObject({ status: z.literal('ready') }).describe('With facts of the venue that an operator asks for.');

/** `/healthz`: the process answers. `/readyz`: it can work. */
@Controller()
@Needs('public')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('healthz')
  @Answers(zUp)
  health(): z.infer<typeof zUp> {
    return { status: 'up' };
  }

  @Get('readyz')
  @Answers(zReady)
  async ready(): Promise<JsonObject> {
    return { ...(await this.readiness.facts()), status: 'ready' };
  }
}
