import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { BlobsController } from './http/blobs.controller.js';

/** Files by hash at a venue that keeps none itself. Needs of its ports: FileSource. */
@Module({})
export class FilesModule {
  static over(ports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return { module: FilesModule, imports: ports, controllers: [BlobsController] };
  }
}
