import { MediaWorkers } from '@app/recording';
import type { Config, Logger } from '@app/platform';

/** Starts the site's media workers; null where MEDIA_WORKERS is 0 (the supervision authority has no rooms). */
export async function startMedia(config: Config, logger: Logger): Promise<MediaWorkers | null> {
  if (config.MEDIA_WORKERS === 0 || config.VENUE_ROLE === 'supervision') return null;
  try {
    return await MediaWorkers.start({
      count: config.MEDIA_WORKERS,
      port: config.MEDIA_PORT,
      host: config.HOST,
      announcedAddress: config.MEDIA_ANNOUNCED_ADDRESS,
      onEvent: (event) => {
        logger.warn({ event }, 'media: a worker changed');
      },
    });
  } catch (error) {
    // Evaluation goes on without sight and sound only as far as the rules let it: a step without evidence does not close.
    logger.error({ err: error }, 'media: no worker could be started');
    return null;
  }
}
