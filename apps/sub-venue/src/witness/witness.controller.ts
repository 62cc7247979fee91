import { Controller, Get, Header, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { zHash, zInstant } from '@app/contracts';
import { Answers, AnswersBytes, Needs } from '@app/venue';
import { z } from 'zod';
import type { ServedWebFindings } from './served-web.js';
import { ServedWeb, zServedWebFindings } from './served-web.js';
import { Witness } from './witness.js';

/** Above a note with all its signatures and 63 proof lines. */
export const REQUEST_BYTES_MAX = 128 * 1024;

const zOrigin = z.string().min(1).max(300);

const zLogs = z
  .object({ logs: z.array(z.object({ origin: z.string(), size: z.int() })) })
  .describe('Logs that this witness knows, by origin.');
const zNote = z.string();
const zEvidence = z
  .object({
    evidence: z.array(
      z.object({
        origin: z.string(),
        known: zNote,
        other: zNote,
        reason: z.string(),
        proof: z.looseObject({}).nullable(),
        seenAt: zInstant,
      }),
    ),
  })
  .describe('Pairs of signed notes that do not go together.');

/** Public and without login: C2SP tlog-witness, and what an auditor or a healing log asks of a witness. */
@Controller('witness')
@Needs('public')
export class WitnessController {
  constructor(
    private readonly witness: Witness,
    private readonly web: ServedWeb,
  ) {}

  @Post('add-checkpoint')
  @AnswersBytes('text/plain', 'The line of a cosignature (C2SP tlog-witness).')
  async addCheckpoint(@Req() request: Request, @Res() response: Response): Promise<void> {
    const body = await readText(request);
    const {
      status,
      contentType,
      body: text,
    } = body === null ? { status: 413, contentType: 'text/plain', body: 'too large\n' } : await this.witness.addCheckpoint(body);
    if (status === 503) response.setHeader('Retry-After', '1');
    // `send` would add a charset to the type that the specification fixes.
    response.status(status).setHeader('Content-Type', contentType).end(text);
  }

  @Get('checkpoint')
  @AnswersBytes('text/plain', 'The newest note that this witness cosigned.')
  async checkpoint(@Query('origin', { schema: zOrigin }) origin: string, @Res() response: Response): Promise<void> {
    sendNote(response, await this.witness.newest(origin));
  }

  /** The monitoring path of tlog-witness: a log is asked for by the SHA-256 of its origin, in lower-case hexadecimal. */
  @Get(':hash/checkpoint')
  @AnswersBytes('text/plain', 'The newest note that this witness cosigned.')
  async monitored(@Param('hash', { schema: zHash }) hash: string, @Res() response: Response): Promise<void> {
    const origin = await this.witness.originOf(hash);
    sendNote(response, origin === null ? null : await this.witness.newest(origin));
  }

  @Get('logs')
  @Answers(zLogs)
  @Header('Cache-Control', 'no-store')
  async logs(@Query('after', { schema: z.string().max(300).default('') }) after: string) {
    return { logs: await this.witness.logs(after) };
  }

  @Get('evidence')
  @Answers(zEvidence)
  @Header('Cache-Control', 'no-store')
  async evidence(@Query('origin', { schema: zOrigin.optional() }) origin?: string) {
    return { evidence: await this.witness.evidence(origin ?? null) };
  }

  @Get('web-bundle')
  @Answers(zServedWebFindings)
  @Header('Cache-Control', 'no-store')
  webBundle(): ServedWebFindings {
    return this.web.findings;
  }
}

function sendNote(response: Response, note: string | null): void {
  response
    .status(note === null ? 404 : 200)
    .set('Content-Type', 'text/plain; charset=utf-8')
    .set('Cache-Control', 'no-store')
    .send(Buffer.from(note ?? 'never seen\n'));
}

/** The body as text whatever content type it came under; null when it is too large. */
async function readText(request: Request): Promise<string | null> {
  const parsed: unknown = request.body;
  if (typeof parsed === 'string') return parsed.length <= REQUEST_BYTES_MAX ? parsed : null;
  if (Buffer.isBuffer(parsed)) return parsed.length <= REQUEST_BYTES_MAX ? parsed.toString('utf8') : null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > REQUEST_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
