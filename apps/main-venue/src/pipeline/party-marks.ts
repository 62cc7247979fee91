import { fromUtf8, utf8 } from '@app/contracts';
import type { PartCipher } from '@app/ledger/store';
import { openOne, sealOne } from '@app/ledger/store';
import { invariant } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { NODE_KEYS, PART_CIPHER, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';

type Kind = 'person' | 'organisation' | 'certificate';

/**
 * Who stands behind a party, as the table `lot_party` has it. Rows are found by a keyed hash and read back by the storage key: the
 * database alone does not say whom a draw has named while the log still hides it.
 */
@Injectable()
export class PartyMarks {
  constructor(
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(PART_CIPHER) private readonly cipher: PartCipher,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'storage'>,
  ) {}

  /** What a row is found by; null for nobody. */
  mark(kind: Kind, id: string | null): Buffer | null {
    return id === null ? null : Buffer.from(this.profile.mac(this.keys.storage, utf8(`gongping/lot-party/v1\n${kind}\n${id}`)));
  }

  seal(person: string | null): Buffer | null {
    return person === null ? null : Buffer.from(sealOne(this.cipher, utf8(person)));
  }

  /** The person that was sealed beside this mark. Throws when one of the two was changed. */
  open(sealed: Buffer, mark: Buffer): string {
    const person = fromUtf8(openOne(this.cipher, sealed));
    invariant(this.mark('person', person)?.equals(mark) === true, 'a person of lot_party is the one that its mark stands for');
    return person;
  }
}
