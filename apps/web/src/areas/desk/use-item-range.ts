import type { ScoreItem } from '@app/evaluation';
import { useI18n } from 'vue-i18n';

/** What a member may give for an item, in words: the range with its step, or what the item's type asks for. */
export function useItemRange(): (item: ScoreItem) => string {
  const { t } = useI18n();
  return ({ min, max, step, type }) => {
    switch (type?.kind) {
      case undefined:
        return t('desk.range', { min, max, step });
      case 'FIXED':
        return t('desk.type.FIXED', { values: type.values.join(' / ') });
      case 'GRADED':
        return type.grades.map((grade) => `${grade.name} ${grade.min}–${grade.max}`).join(' · ');
      case 'DEDUCT':
      case 'ADD':
        return t(`desk.type.${type.kind}`, { min, max, per: type.per });
      case 'PASS_FAIL':
        return t('desk.type.PASS_FAIL', { min, max });
      case 'FORMULA':
        return t('desk.type.FORMULA', { unit: type.unit, base: type.base, per: type.per, least: type.least, most: type.most });
      case 'ADJUSTMENT':
        return t(`desk.type.ADJUSTMENT.${type.of}`, { unit: type.unit, per: type.per });
    }
  };
}
