import type { NodePut, RegisteredNode } from '@app/contracts';
import { zName, zNodePut, zRegisteredNode } from '@app/contracts';
import type { SessionFacts } from '@app/venue';
import { Answers, AskedBy, Needs } from '@app/venue';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { authorOf } from '../author.js';
import { NodesService } from './nodes.service.js';

@Controller('api/registry/nodes')
export class NodesController {
  constructor(private readonly nodes: NodesService) {}

  @Get()
  @Needs('registry:read')
  @Answers(zRegisteredNode.array())
  all(): Promise<RegisteredNode[]> {
    return this.nodes.all();
  }

  @Put(':node')
  @Needs('nodes:write')
  @Answers(zRegisteredNode)
  put(
    @AskedBy() session: SessionFacts | null,
    @Param('node', { schema: zName }) node: string,
    @Body({ schema: zNodePut }) put: NodePut,
  ): Promise<RegisteredNode> {
    return this.nodes.put(authorOf(session), node, put);
  }
}
