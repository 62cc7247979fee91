import type { AccessPage, Looked, SignedCommand } from '@app/contracts';
import { accessOrigin, isAccessCommand, zAccessPage, zFromQuery, zLooked, zName, zRoundQuery, zSentCommand } from '@app/contracts';
import { type Config, DomainError } from '@app/platform';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, CommandDesk, Limited, Lots, Needs, type SentCommand } from '@app/venue';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import { AccessLog } from './access-log.js';
import { openWatched } from './watched.js';

/** The access log of a lot (查阅日志), for its supervisors: every look and export is an entry before there is a key to look with. */
@Controller('api/lots/:lot/access')
@Needs('session')
export class AccessController {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION'>,
    private readonly lots: Lots,
    private readonly desk: CommandDesk,
    private readonly log: AccessLog,
  ) {}

  @Post()
  @HttpCode(200)
  @Limited('WATCHES_PER_MINUTE_MAX')
  @Answers(zLooked)
  async act(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Body({ schema: zSentCommand }) sent: SentCommand,
  ): Promise<Looked> {
    await openWatched(this.lots, lot, round, session);
    const signed = sent as SentCommand & SignedCommand;
    const named = (sent as { readonly command?: Partial<SignedCommand['command']> }).command;
    if (typeof named?.type !== 'string' || !isAccessCommand(named.type))
      throw new DomainError('UNKNOWN_TYPE', 'The access log takes looks, exports, marks and checks.');
    if (named.round !== round) throw new DomainError('WRONG_LOG', 'The command is for another round than the address.');
    await this.log.begin(this.#origin(lot, round));
    return this.log.looked(signed, await this.desk.submit(sent, lot));
  }

  @Get()
  @Answers(zAccessPage)
  async list(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('from', { schema: zFromQuery }) from: number,
  ): Promise<AccessPage> {
    await openWatched(this.lots, lot, round, session);
    return this.log.page(this.#origin(lot, round), from);
  }

  #origin(lot: string, round: number): string {
    return accessOrigin(this.config.INSTALLATION, lot, round);
  }
}
