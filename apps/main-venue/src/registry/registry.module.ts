import { Module } from '@nestjs/common';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AccessModule } from './access/access.module.js';
import { AuthoritiesModule } from './authorities/authorities.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { FoundingModule } from './founding/founding.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { LotImportsModule } from './lot-imports/lot-imports.module.js';
import { PeopleModule } from './people/people.module.js';
import { PlacesModule } from './places/places.module.js';
import { PoolModule } from './pool/pool.module.js';
import { RecordModule } from './record/record.module.js';
import { RegistryCoreModule } from './registry-core.module.js';

/** Whom an installation knows (人员与权限). Others take {@link RegistryCoreModule}'s exports from here. */
@Module({
  imports: [
    RegistryCoreModule,
    PeopleModule,
    PoolModule,
    PlacesModule,
    AuthoritiesModule,
    CalendarModule,
    AccessModule,
    RecordModule,
    ImportsModule,
    FoundingModule,
    ApiKeysModule,
    LotImportsModule,
  ],
  exports: [RegistryCoreModule, ApiKeysModule, CalendarModule],
})
export class RegistryModule {}
