import type { Right } from '@app/contracts';
import { RightsSource } from '@app/venue';
import { Injectable } from '@nestjs/common';
import { RegistryView } from '../live/registry-view.js';

/** The rights that the registry grants, as this process has them in force. */
@Injectable()
export class RegistryRights extends RightsSource {
  constructor(private readonly registry: RegistryView) {
    super();
  }

  async rightsOf(person: string): Promise<Right[]> {
    return [...(await this.registry.rightsOf(person))];
  }
}
