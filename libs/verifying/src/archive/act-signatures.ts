import type { Trust } from '@app/archive';
import type { RecordedAct } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import { checkSignedCommand, readCertificate, RecordedCertificates, verifySignature } from '@app/sealing';
import type { Findings } from '../findings.js';
import { misnamed } from '../judge/names.js';

/** Who signed acts before the deadline: the bidder's certificate, good at the time of receipt, and by the name that the record gives him. */
export class ActSignatures {
  readonly #recorded: RecordedCertificates;

  constructor(
    private readonly profile: CryptoProfile,
    private readonly trust: Trust | null,
    private readonly installation: string,
    private readonly findings: Findings,
  ) {
    this.#recorded = new RecordedCertificates(profile, trust?.roots ?? []);
  }

  /** Without a trust file, the signature alone. */
  check(act: Omit<RecordedAct, 'platform'>, where: string): void {
    const { profile, findings, installation } = this;
    const signed = { command: act.command, signer: act.signer, signature: act.signature, openings: {} };
    const verified = verifySignature(profile, signed);
    if (!findings.check(verified.ok, where, () => (verified.ok ? '' : verified.message)) || this.trust === null) return;
    const certificateAt = (der: string, at: string) => this.#recorded.check(der, act.evidence, at);
    const context = { installation, origin: `${installation}/platform`, at: act.at, certificate: certificateAt, nodeKey: () => null };
    const result = checkSignedCommand(profile, signed, context, verified);
    findings.check(result.ok, where, () => (result.ok ? '' : `${result.code}: ${result.message}`));
    if (result.ok) findings.check(result.fingerprint === act.certificate, where, 'was recorded for another certificate');
    const certificate = act.signer.kind === 'node' ? null : readCertificate(profile, act.signer.certificate);
    const fault = certificate === null ? null : misnamed('the bidder', act, certificate);
    findings.check(fault === null, where, fault ?? '');
  }
}
