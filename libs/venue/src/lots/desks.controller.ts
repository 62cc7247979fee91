import { fromBase64Url, type KeepDesk, type KeptDeskBox, zKeepDesk, zKeptDesk, zName, zRoundQuery } from '@app/contracts';
import { FINAL_STATUSES } from '@app/evaluation';
import { DomainError } from '@app/platform';
import { beginsSealed } from '@app/sealing';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Answers } from '../http/answers.js';
import { Lots } from './lots.js';
import { Needs } from '../rights/needs.js';
import { AskedBy } from '../sessions/asker.js';
import { loginNeeded } from '../sessions/bearer.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import { type DeskOwner, DeskStore } from '../desks/desk-store.js';

const OVER: ReadonlySet<string> = new Set(FINAL_STATUSES);

/** `/api/lots/:lot/desk`: a person's own desk as a party of a lot, so that it opens at another seat of this venue. */
@Controller('api/lots/:lot/desk')
@Needs('session')
export class DesksController {
  constructor(
    private readonly lots: Lots,
    private readonly desks: DeskStore,
  ) {}

  @Get()
  @Answers(zKeptDesk)
  async find(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('party', { schema: zName }) party: string,
  ): Promise<KeptDeskBox> {
    const { owner } = await this.#own(session, lot, round, party);
    return this.desks.find(owner);
  }

  /**
   * Answers what lies here afterwards: what was sent, or, where it rests on something else than what lay here, that. Throws MALFORMED when it is no
   * sealed file, FORBIDDEN for whoever is not this party of the lot, WRONG_STATE when the lot is over.
   */
  @Put()
  @Answers(zKeptDesk)
  async keep(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Query('party', { schema: zName }) party: string,
    @Body({ schema: zKeepDesk }) desk: KeepDesk,
  ): Promise<KeptDeskBox> {
    const { owner, isOver } = await this.#own(session, lot, round, party);
    const { sealed } = desk;
    if (sealed !== null && isOver) throw new DomainError('WRONG_STATE', 'The lot is over; nothing is kept at its desk any more.');
    if (sealed !== null && !isSealed(sealed)) throw new DomainError('MALFORMED', 'A desk is kept as a sealed file only.');
    return this.desks.keep(owner, desk);
  }

  async #own(session: SessionFacts | null, lot: string, round: number, party: string): Promise<{ owner: DeskOwner; isOver: boolean }> {
    if (session === null) throw loginNeeded();
    const { held, parties } = await this.lots.open(lot, round, session);
    if (!parties.includes(party)) throw new DomainError('FORBIDDEN', 'You have no part in this lot as this party.');
    return { owner: { person: session.person.id, origin: held.origin, party }, isOver: OVER.has(held.run.state.status) };
  }
}

function isSealed(text: string): boolean {
  try {
    return beginsSealed(fromBase64Url(text));
  } catch {
    return false;
  }
}
