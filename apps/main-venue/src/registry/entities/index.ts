import { AuthorityEntity } from './authority.entity.js';
import { CertificateEntity } from './certificate.entity.js';
import { ExpertEntity } from './expert.entity.js';
import { OrganisationEntity } from './organisation.entity.js';
import { PersonEntity } from './person.entity.js';
import { RoomEntity } from './room.entity.js';
import { SeatEntity } from './seat.entity.js';
import { VenueEntity } from './venue.entity.js';

export { AuthorityEntity, CertificateEntity, ExpertEntity, OrganisationEntity, PersonEntity, RoomEntity, SeatEntity, VenueEntity };

export const REGISTRY_ENTITIES = [
  OrganisationEntity,
  PersonEntity,
  CertificateEntity,
  AuthorityEntity,
  VenueEntity,
  RoomEntity,
  SeatEntity,
  ExpertEntity,
];
