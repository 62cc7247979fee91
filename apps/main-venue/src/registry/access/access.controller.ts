import type { AccessRole, AccessRolePut, MyRights } from '@app/contracts';
import { zAccessRole, zAccessRolePut, zMyRights, zName } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AnswersNothing, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { authorOf } from '../author.js';
import { AccessService } from './access.service.js';

/** Giving and taking a role needs `registry:write` and the role's own rights, or `rights:write`. */
@Controller('api/registry')
@Needs('rights:write')
export class AccessController {
  constructor(private readonly access: AccessService) {}

  @Get('roles')
  @Needs('registry:read')
  @Answers(zAccessRole.array())
  all(): Promise<AccessRole[]> {
    return this.access.all();
  }

  @Put('roles/:role')
  @Answers(zAccessRole)
  put(
    @AskedBy() session: SessionFacts | null,
    @Param('role', { schema: zName }) role: string,
    @Body({ schema: zAccessRolePut }) put: AccessRolePut,
  ): Promise<AccessRole> {
    return this.access.put(authorOf(session), role, put);
  }

  @Delete('roles/:role')
  @HttpCode(204)
  @AnswersNothing()
  remove(@AskedBy() session: SessionFacts | null, @Param('role', { schema: zName }) role: string): Promise<void> {
    return this.access.remove(authorOf(session), role);
  }

  @Put('people/:person/roles/:role')
  @Needs('registry:write')
  @Answers(zMyRights)
  grant(
    @AskedBy() session: SessionFacts | null,
    @Param('person', { schema: zName }) person: string,
    @Param('role', { schema: zName }) role: string,
  ): Promise<MyRights> {
    return this.access.grant(authorOf(session), person, role);
  }

  @Delete('people/:person/roles/:role')
  @Needs('registry:write')
  @Answers(zMyRights)
  take(
    @AskedBy() session: SessionFacts | null,
    @Param('person', { schema: zName }) person: string,
    @Param('role', { schema: zName }) role: string,
  ): Promise<MyRights> {
    return this.access.take(authorOf(session), person, role);
  }
}
