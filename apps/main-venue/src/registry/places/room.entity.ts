import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import { SeatEntity } from './seat.entity.js';
import { VenueEntity } from './venue.entity.js';

@Entity()
export class RoomEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_room' })
  id!: string;

  @Column()
  name!: string;

  @ManyToOne(() => VenueEntity, (venue) => venue.rooms, { nullable: false })
  @JoinColumn({ name: 'venue_id', foreignKeyConstraintName: 'FK_room_venue' })
  venue!: Relation<VenueEntity>;

  @OneToMany(() => SeatEntity, (seat) => seat.room)
  seats!: Relation<SeatEntity>[];
}
