import type { AuthorityPut, RegisteredAuthority } from '@app/contracts';
import { zAuthorityPut, zRegisteredAuthority } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { authorOf } from '../author.js';
import { AuthoritiesService } from './authorities.service.js';

@Controller('api/registry/authorities')
export class AuthoritiesController {
  constructor(private readonly authorities: AuthoritiesService) {}

  @Get()
  @Needs('registry:read')
  @Answers(zRegisteredAuthority.array())
  all(): Promise<RegisteredAuthority[]> {
    return this.authorities.all();
  }

  @Put()
  @Needs('nodes:write')
  @Answers(zRegisteredAuthority.array())
  put(@AskedBy() session: SessionFacts | null, @Body({ schema: zAuthorityPut }) put: AuthorityPut): Promise<RegisteredAuthority[]> {
    return this.authorities.put(authorOf(session), put);
  }
}
