import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { map, type Observable } from 'rxjs';

/** Makes what a message's handler returns the data of its ack. */
@Injectable()
export class AckInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler<unknown>): Observable<{ ok: true; data: unknown }> {
    return next.handle().pipe(map((data) => ({ ok: true, data: data ?? null })));
  }
}
