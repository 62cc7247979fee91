import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { JobPage, JobQuery, JobView } from '@app/contracts';
import { zJobPage, zJobQuery, zJobView, zUuid } from '@app/contracts';
import { JobBook } from '@app/platform/jobs';
import { Answers, Needs } from '@app/venue';

/** The queues and their dead letters, for whoever keeps the installation running. */
@Controller('api/jobs')
export class JobsController {
  constructor(private readonly book: JobBook) {}

  @Get()
  @Needs('jobs:read')
  @Answers(zJobPage)
  page(@Query({ schema: zJobQuery }) query: JobQuery): Promise<JobPage> {
    return this.book.page(query);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Needs('jobs:write')
  @Answers(zJobView)
  retry(@Param('id', { schema: zUuid }) id: string): Promise<JobView> {
    return this.book.retry(id);
  }
}
