import { fromBase64Url, type KeptDeskBox, zKeptDesk, zName, zRoundQuery } from '@app/contracts';
import { FINAL_STATUSES } from '@app/evaluation';
import { DomainError } from '@app/platform';
import { beginsSealed } from '@app/sealing';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Answers } from '../http/answers.js';
import { Lots } from '../lots/lots.js';
import { Needs } from '../rights/needs.js';
import { AskedBy } from '../sessions/asker.js';
import { loginNeeded } from '../sessions/bearer.js';
import type { SessionFacts } from '../sessions/session-facts.js';
import { DeskStore } from './desk-store.js';

const OVER: ReadonlySet<string> = new Set(FINAL_STATUSES);

/** `/api/lots/:lot/desk`: a person's own desk in a lot, so that it opens at another seat of this venue. */
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
  ): Promise<KeptDeskBox> {
    const { person, origin } = await this.#own(session, lot, round);
    return { sealed: await this.desks.find(person, origin) };
  }

  /** Throws MALFORMED when it is no sealed file, FORBIDDEN for whoever has no part in the lot, WRONG_STATE when the lot is over. */
  @Put()
  @Answers(zKeptDesk)
  async keep(
    @AskedBy() session: SessionFacts | null,
    @Param('lot', { schema: zName }) lot: string,
    @Query('round', { schema: zRoundQuery }) round: number,
    @Body({ schema: zKeptDesk }) { sealed }: KeptDeskBox,
  ): Promise<KeptDeskBox> {
    const { person, origin, isOver } = await this.#own(session, lot, round);
    if (sealed !== null && isOver) throw new DomainError('WRONG_STATE', 'The lot is over; nothing is kept at its desk any more.');
    if (sealed !== null && !isSealed(sealed)) throw new DomainError('MALFORMED', 'A desk is kept as a sealed file only.');
    await this.desks.keep(person, origin, sealed);
    return { sealed };
  }

  async #own(session: SessionFacts | null, lot: string, round: number): Promise<{ person: string; origin: string; isOver: boolean }> {
    if (session === null) throw loginNeeded();
    const { held, parties } = await this.lots.open(lot, round, session);
    if (parties.length === 0) throw new DomainError('FORBIDDEN', 'You have no part in this lot.');
    return { person: session.person.id, origin: held.origin, isOver: OVER.has(held.run.state.status) };
  }
}

function isSealed(text: string): boolean {
  try {
    return beginsSealed(fromBase64Url(text));
  } catch {
    return false;
  }
}
