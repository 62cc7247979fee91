import { type CoefficientTrace, coefficientDraw, drawnValues, type LotState, MAIN_NODE, own, traceCoefficient } from '@app/evaluation';

/** The draw of K, drawn once more on this device from what the record made public. */
interface CoefficientProof extends CoefficientTrace {
  readonly values: readonly string[];
  readonly nonces: readonly (readonly [party: string, nonce: string])[];
  /** Seed and value are those of the record. */
  readonly agrees: boolean;
}

/** Null until K is drawn, and where it is not drawn from nonces in boxes (fixed K; engines before 0.3.0). */
export function coefficientProof(state: LotState): CoefficientProof | null {
  const values = drawnValues(state);
  const { nonces, seed, value } = state.opening.coefficient;
  if (values === null || seed === null || own(nonces, MAIN_NODE) === undefined) return null;
  const trace = traceCoefficient(coefficientDraw(state, nonces, values));
  return { ...trace, values, nonces: Object.entries(nonces), agrees: trace.seed === seed && trace.value === value };
}
