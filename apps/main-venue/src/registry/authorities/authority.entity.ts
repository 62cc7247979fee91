import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A trusted root and its newest signed revocation list; DER in base64url. */
@Entity()
export class AuthorityEntity {
  @PrimaryColumn({ length: 64, primaryKeyConstraintName: 'PK_authority' })
  fingerprint!: string;

  @Column('text')
  certificate!: string;

  @Column('text')
  revocationList!: string;
}
