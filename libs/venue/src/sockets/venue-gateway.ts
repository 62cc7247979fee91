import { applyDecorators, UseFilters, UseInterceptors } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { AckInterceptor } from './ack.interceptor.js';
import { MessageFilter } from './message.filter.js';

/**
 * A gateway whose every message is guarded (`@Needs`), read by its schema (`@MessageBody({ schema })`) and answered: data, or a documented
 * refusal. Guard and pipe are the application's own.
 */
export const VenueGateway = (namespace: string): ClassDecorator =>
  applyDecorators(WebSocketGateway({ namespace }), UseFilters(MessageFilter), UseInterceptors(AckInterceptor));
