import { Column, Entity, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import { RoomEntity } from './room.entity.js';

@Entity()
export class VenueEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_venue' })
  id!: string;

  @Column()
  name!: string;

  @Column()
  role!: string;

  @Column()
  city!: string;

  @Column()
  url!: string;

  @Column('text')
  nodeKey!: string;

  @Column('text', { nullable: true })
  witnessKey!: string | null;

  @OneToMany(() => RoomEntity, (room) => room.venue)
  rooms!: Relation<RoomEntity>[];
}
