import type { OrderKind } from '@app/evaluation';
import { law } from '../../../locales/citations.js';
import { words, type Kind } from '../../../core/commands/command-record.js';

/** The platform must do what the authority orders. */
const DUTY_TO_COMPLY = law('电子招标投标办法 52');
const STOP = law('条例 62, 政府采购法 57');

/** What the supervision authority may order of a lot. */
export const orderKinds: Readonly<Record<OrderKind, Kind>> = {
  PAUSE: {
    words: words('责令暂停', 'Pause'),
    consequence: words(
      '标段立即暂停，监督部门责令恢复后各方才能继续办理。暂停的时间不计入各项时限。',
      'The lot stops at once, and goes on when the authority orders it to resume. Limits do not run meanwhile.',
    ),
    article: STOP,
  },
  RESUME: {
    words: words('责令恢复', 'Resume'),
    consequence: words(
      '标段回到暂停前的环节继续进行，各项时限顺延暂停的时间。',
      'The lot goes on where it was, and its limits move by the time it was paused.',
    ),
    article: STOP,
  },
  PRESERVE_EVIDENCE: {
    words: words('责令保全证据', 'Preserve the evidence'),
    consequence: words(
      '自本指令起，本标段任何内容都不得删除，包括个人信息，直至解除保全。',
      'From now on nothing of this lot is erased, personal data included, until the preservation is lifted.',
    ),
    article: DUTY_TO_COMPLY,
  },
  RELEASE_EVIDENCE: {
    words: words('解除证据保全', 'Lift the preservation'),
    consequence: words(
      '本标段的个人信息可以再依法责令删除。已删除的内容不能恢复。',
      'Personal data of this lot may be ordered to be erased again by law. What was erased cannot be brought back.',
    ),
    article: DUTY_TO_COMPLY,
  },
  UNSEAL_IDENTITIES: {
    words: words('责令向监督人员公开评委身份', 'Show the members to the supervisor'),
    consequence: words(
      '监督人员随即可以看到抽取的专家名单和评标委员会成员的姓名、单位，包括尚未签到的成员。其他各方仍然看不到。不能撤回。',
      'The supervisor sees the drawn experts and the names and organisations of the members at once, before they sign in too. Nobody else does. This cannot be taken back.',
    ),
    article: law('条例 46'),
  },
  DEGRADED_QUORUM: {
    words: words('责令在见证不足时继续', 'Go on without a quorum of witnesses'),
    consequence: words(
      '见证节点达不到法定数时标段也继续进行，其间的检查点见证不足，归档包将永久载明。不能撤回。',
      'The lot goes on although too few witnesses cosign. Checkpoints of that time lack their quorum and the archive says so for good. This cannot be taken back.',
    ),
    article: DUTY_TO_COMPLY,
  },
  TOLERATE_FAULT: {
    words: words('责令容许一处核验问题', 'Tolerate one fault'),
    consequence: words(
      '各场地的见证节点和保管方只放行所选一条的这一项核验问题，遇其他问题仍然停止。核验结论仍是“不通过”，归档包和核验报告永久载明本指令。不能撤回。',
      'Witnesses and keepers of every site pass exactly the chosen fault of that one entry and stop at any other. The verdict stays FAIL, and archive and verifier name this order for good. This cannot be taken back.',
    ),
    article: DUTY_TO_COMPLY,
  },
};
