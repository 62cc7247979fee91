import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { RoomEntity } from './room.entity.js';

@Entity()
export class SeatEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_seat' })
  id!: string;

  @Column()
  name!: string;

  @ManyToOne(() => RoomEntity, (room) => room.seats, { nullable: false })
  @JoinColumn({ name: 'room_id', foreignKeyConstraintName: 'FK_seat_room' })
  room!: Relation<RoomEntity>;
}
