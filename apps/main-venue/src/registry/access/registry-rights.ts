import type { Right } from '@app/contracts';
import { type KeyFacts, RightsSource } from '@app/venue';
import { Injectable } from '@nestjs/common';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import { RegistryView } from '../live/registry-view.js';

/** The rights that the registry grants: people's as this process has them in force, keys' as they stand on the disk. */
@Injectable()
export class RegistryRights extends RightsSource {
  constructor(
    private readonly registry: RegistryView,
    private readonly keys: ApiKeysService,
  ) {
    super();
  }

  async rightsOf(person: string): Promise<Right[]> {
    return [...(await this.registry.rightsOf(person))];
  }

  keyOf(token: string): Promise<KeyFacts | null> {
    return this.keys.use(token);
  }
}
