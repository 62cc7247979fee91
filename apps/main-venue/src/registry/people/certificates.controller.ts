import type { CertificatePage, CertificatePost, RegisteredCertificate, Revocation } from '@app/contracts';
import { zAfter, zCertificatePage, zCertificatePost, zHash, zName, zPageLimit, zRegisteredCertificate, zRevocation } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { authorOf } from '../author.js';
import { CertificatesService } from './certificates.service.js';

@Controller('api/registry')
@Needs('registry:write')
export class CertificatesController {
  constructor(private readonly certificates: CertificatesService) {}

  @Get('certificates')
  @Needs('registry:read')
  @Answers(zCertificatePage)
  page(
    @Query('person', { schema: zName.optional() }) person: string | undefined,
    @Query('after', { schema: zAfter }) after: string | undefined,
    @Query('limit', { schema: zPageLimit }) limit: number,
  ): Promise<CertificatePage> {
    return this.certificates.page({ person, after, limit });
  }

  @Post('people/:person/certificates')
  @HttpCode(200)
  @Answers(zRegisteredCertificate)
  bind(
    @AskedBy() session: SessionFacts | null,
    @Param('person', { schema: zName }) person: string,
    @Body({ schema: zCertificatePost }) post: CertificatePost,
  ): Promise<RegisteredCertificate> {
    return this.certificates.bind(authorOf(session), person, post);
  }

  @Post('certificates/:fingerprint/revocation')
  @HttpCode(200)
  @Answers(zRegisteredCertificate)
  revoke(
    @AskedBy() session: SessionFacts | null,
    @Param('fingerprint', { schema: zHash }) fingerprint: string,
    @Body({ schema: zRevocation }) revocation: Revocation,
  ): Promise<RegisteredCertificate> {
    return this.certificates.revoke(authorOf(session), fingerprint, revocation);
  }
}
