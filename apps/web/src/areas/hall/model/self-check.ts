import { hasRole, type LotState, own, partiesWith, pendingFindings } from '@app/evaluation';

/** 自检: what keeps the host from closing, or should make him look again. */
interface Trouble {
  readonly kind: 'objection' | 'finding' | 'unsigned' | 'witness' | 'fault';
  /** Party that it is about; empty where it is about the log. */
  readonly party: string;
}

/** `faults`: how many entries this device's judge found wrong. Empty before the read-out: nothing can be left over yet. */
export function selfCheck(state: LotState, faults: number): readonly Trouble[] {
  const { step, objections, recordSignatures, signedIn } = state.opening;
  if (step !== 'CONFIRMING' && step !== 'RECORD_MADE') return [];
  const open = objections.flatMap(({ by, reply }): Trouble[] => (reply === null ? [{ kind: 'objection', party: by }] : []));
  const findings = pendingFindings(state).map(({ by }): Trouble => ({ kind: 'finding', party: by }));
  const unsigned = step === 'RECORD_MADE' ? signersDue(state).filter((party) => own(recordSignatures, party) === undefined) : [];
  const missing = unsigned.map((party): Trouble => ({ kind: hasRole(state, party, 'witness') ? 'witness' : 'unsigned', party }));
  return [...open, ...findings, ...missing, ...(faults > 0 ? [{ kind: 'fault', party: '' } as const] : [])];

  function signersDue(of: LotState): readonly string[] {
    return [...partiesWith(of, 'agency'), ...partiesWith(of, 'witness').filter((party) => own(signedIn, party) !== undefined)];
  }
}
