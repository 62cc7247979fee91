import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { PersonEntity } from '../people/person.entity.js';

/** A member of the expert pool (评标专家库). */
@Entity()
export class ExpertEntity {
  @PrimaryColumn({ primaryKeyConstraintName: 'PK_expert' })
  personId!: string;

  @Column('text', { array: true })
  specialties!: string[];

  @Column()
  city!: string;

  @Column()
  active!: boolean;

  @OneToOne(() => PersonEntity, (person) => person.expert)
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'FK_expert_person' })
  person!: Relation<PersonEntity>;
}
