import type { JobPayload } from '@app/contracts';
import type { JobContext } from '@app/platform/jobs';
import { Job, JobProcessor } from '@app/platform/jobs';
import { ListImporter } from './list-importer.js';

/**
 * Takes a list in. One at a time in a process: people may name organisations of the list that was handed in before. How far a list is
 * stands in its own row, which is written with each batch; what the job tells of it is for operators, and may be a batch behind.
 */
@Job('registry:import', { concurrency: 1 })
export class RegistryImportProcessor extends JobProcessor<JobPayload<'registry:import'>> {
  constructor(private readonly importer: ListImporter) {
    super();
  }

  async run({ list }: JobPayload<'registry:import'>, context: JobContext): Promise<undefined> {
    await this.importer.run(list, {
      signal: context.signal,
      progress: (lines, faults) => context.progress({ done: lines, total: null, report: { faults } }),
      ending: (manager) => context.doneIn(manager),
    });
  }
}
