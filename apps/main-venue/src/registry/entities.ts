import { ApiKeyEntity } from './api-keys/api-key.entity.js';
import { LotImportEntity } from './lot-imports/lot-import.entity.js';
import { AccessRoleEntity } from './access/access-role.entity.js';
import { PersonRoleEntity } from './access/person-role.entity.js';
import { AuthorityEntity } from './authorities/authority.entity.js';
import { CalendarYearEntity } from './calendar/calendar-year.entity.js';
import { ListFaultEntity } from './imports/list-fault.entity.js';
import { ListImportEntity } from './imports/list-import.entity.js';
import { ListKeyEntity } from './imports/list-key.entity.js';
import { CertificateEntity } from './people/certificate.entity.js';
import { ExpertEntity } from './pool/expert.entity.js';
import { RegistryChangeEntity } from './record/registry-change.entity.js';
import { RegistryStateEntity } from './record/registry-state.entity.js';
import { OrganisationEntity } from './people/organisation.entity.js';
import { PersonEntity } from './people/person.entity.js';
import { RoomEntity } from './places/room.entity.js';
import { SeatEntity } from './places/seat.entity.js';
import { VenueEntity } from './places/venue.entity.js';

export {
  AccessRoleEntity,
  AuthorityEntity,
  CalendarYearEntity,
  CertificateEntity,
  ExpertEntity,
  ListFaultEntity,
  ListImportEntity,
  ListKeyEntity,
  OrganisationEntity,
  PersonEntity,
  PersonRoleEntity,
  RegistryChangeEntity,
  RegistryStateEntity,
  RoomEntity,
  SeatEntity,
  VenueEntity,
};

export const REGISTRY_ENTITIES = [
  OrganisationEntity,
  PersonEntity,
  CertificateEntity,
  AuthorityEntity,
  VenueEntity,
  RoomEntity,
  SeatEntity,
  ExpertEntity,
  AccessRoleEntity,
  PersonRoleEntity,
  RegistryStateEntity,
  RegistryChangeEntity,
  ListImportEntity,
  ListFaultEntity,
  ListKeyEntity,
  ApiKeyEntity,
  LotImportEntity,
  CalendarYearEntity,
];
