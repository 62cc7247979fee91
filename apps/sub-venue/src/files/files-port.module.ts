import { FileSource } from '@app/blobs';
import { Module } from '@nestjs/common';
import { MainFiles } from './main-files.js';

/** A site's port of files: those of the main venue. */
@Module({ providers: [{ provide: FileSource, useClass: MainFiles }], exports: [FileSource] })
export class FilesPortModule {}
