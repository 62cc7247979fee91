import { FilesModule } from '@app/blobs';
import { CommandsModule, DEMO_PLACE, DemoController, HealthModule, InstallationModule, LotsModule, SessionsModule } from '@app/venue';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import { FilesPortModule } from '../files/files-port.module.js';
import { RecordingModule } from '../recording/recording.module.js';
import { WorkstationPortsModule } from './workstation-ports.module.js';

/**
 * What others ask of a site: the modules that every venue has, over this site's ports. A node without seats (`hasSeats` false: the
 * supervision authority) has probes and the guard, and nothing for workstations.
 */
@Module({})
export class WorkstationModule {
  static register(hasSeats: boolean): DynamicModule {
    const ports = [WorkstationPortsModule];
    const sessions = SessionsModule.over(ports, hasSeats);
    const base = [sessions, HealthModule.over(ports)];
    if (!hasSeats) return { module: WorkstationModule, imports: base };
    const commands = CommandsModule.over(ports);
    return {
      module: WorkstationModule,
      imports: [
        ...base,
        commands,
        LotsModule.over([...ports, sessions, commands]),
        RecordingModule.over([...ports, sessions]),
        InstallationModule.over(ports),
        FilesModule.over([FilesPortModule]),
      ],
      controllers: [DemoController],
      providers: [{ provide: DEMO_PLACE, useExisting: CONFIG }],
    };
  }
}
