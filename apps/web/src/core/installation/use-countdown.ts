import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue';
import { useI18n } from 'vue-i18n';
import { useClockStore } from './clock.js';
import { spanOf } from '../../utils/time.js';

export interface Countdown {
  /** `还剩 2 时 5 分`; empty without a limit. */
  readonly text: string;
  readonly isOver: boolean;
  /** Less than five minutes left. */
  readonly isNear: boolean;
}

const NEAR_MS = 5 * 60_000;

/** Time left to a wire instant on the venue's clock, in words: the two largest units that are not zero. */
export function useCountdown(at: MaybeRefOrGetter<string | null>): ComputedRef<Countdown> {
  const { t } = useI18n();
  const clock = useClockStore();
  return computed(() => {
    const limit = toValue(at);
    if (limit === null) return { text: '', isOver: false, isNear: false };
    const leftMs = Date.parse(limit) - clock.now;
    if (leftMs <= 0) return { text: t('limit.over'), isOver: true, isNear: false };
    const span = spanOf(leftMs);
    const units = (['days', 'hours', 'minutes', 'seconds'] as const).map((unit) => ({ unit, n: span[unit] }));
    const first = units.findIndex(({ n }) => n > 0);
    const shown = units.slice(Math.max(0, first), Math.max(0, first) + 2).map(({ unit, n }) => t(`limit.${unit}`, { n }));
    return { text: t('limit.left', { span: shown.join(' ') }), isOver: false, isNear: leftMs < NEAR_MS };
  });
}
