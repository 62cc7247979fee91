import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarYearEntity } from '../entities.js';
import { RegistryCoreModule } from '../registry-core.module.js';
import { CalendarController } from './calendar.controller.js';
import { CalendarService } from './calendar.service.js';

/** Rest days of the years after those of the release (节假日安排). */
@Module({
  imports: [RegistryCoreModule, TypeOrmModule.forFeature([CalendarYearEntity])],
  controllers: [CalendarController],
  providers: [CalendarService],
  exports: [CalendarService],
})
export class CalendarModule {}
