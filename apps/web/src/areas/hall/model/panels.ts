import {
  drawnValues,
  isDecryptionClosed,
  isListPublished,
  type LotState,
  type OpeningStep,
  securityAsked,
  unrecordedSecurities,
} from '@app/evaluation';

type HallPanel = 'decryption' | 'coefficient' | 'read-out' | 'confirmation' | 'record' | 'security';

/** What each step is about stands first; in big type it stands alone. */
const FIRST: Readonly<Partial<Record<OpeningStep, HallPanel>>> = {
  COEFFICIENT_DRAW: 'coefficient',
  READ_OUT: 'read-out',
  CONFIRMING: 'read-out',
  RECORD_MADE: 'record',
  CLOSED: 'read-out',
};

/** Panels of the hall: nothing before the list is told, later what has come to be known. */
export function hallPanels(state: LotState): readonly HallPanel[] {
  if (!isListPublished(state)) return [];
  const { step, coefficient, record } = state.opening;
  const isClosed = isDecryptionClosed(state);
  const isKDue = state.setup.rules !== null && drawnValues(state) !== null;
  const shown: HallPanel[] = [];
  if (record !== null) shown.push('record');
  if (isClosed && step !== 'COEFFICIENT_DRAW') shown.push('read-out', 'confirmation');
  if ((isClosed && isKDue) || coefficient.value !== null) shown.push('coefficient');
  shown.push('decryption');
  // What the read-out waits for stands beside what the step is about.
  if (unrecordedSecurities(state).length > 0) shown.unshift('security');
  else if (securityAsked(state) !== null) shown.push('security');
  const first = FIRST[step] ?? 'decryption';
  return [...shown].sort((a, b) => Number(b === first) - Number(a === first));
}
