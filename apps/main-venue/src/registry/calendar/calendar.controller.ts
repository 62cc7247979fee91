import type { CalendarPut, RegisteredYear } from '@app/contracts';
import { zCalendarPut, zRegisteredYear } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { authorOf } from '../author.js';
import { CalendarService } from './calendar.service.js';

@Controller('api/registry/calendar')
export class CalendarController {
  constructor(private readonly calendar: CalendarService) {}

  @Get()
  @Needs('public')
  @Answers(zRegisteredYear.array())
  all(): Promise<RegisteredYear[]> {
    return this.calendar.all();
  }

  @Put()
  @Needs('registry:write')
  @Answers(zRegisteredYear.array())
  put(@AskedBy() session: SessionFacts | null, @Body({ schema: zCalendarPut }) put: CalendarPut): Promise<RegisteredYear[]> {
    return this.calendar.put(authorOf(session), put);
  }
}
