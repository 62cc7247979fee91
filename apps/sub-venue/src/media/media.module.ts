import { Module } from '@nestjs/common';
import { SiteMedia } from './site-media.js';

/** Sight and sound of this site's rooms. */
@Module({ providers: [SiteMedia], exports: [SiteMedia] })
export class MediaModule {}
