import { useI18n } from 'vue-i18n';
import type { RequestError } from '@app/client';
import { isErrorCode } from '@app/contracts';
import { isLocale, type Locale } from '../../locales/locale.js';
import { useCommandRecords } from '../commands/command-record.js';

/** Statutory words for codes, by regime; a word that this version lacks is shown as the code itself, never hidden. */
export function useWords() {
  const { t, te, locale } = useI18n();
  const records = useCommandRecords();
  const language = (): Locale => (isLocale(locale.value) ? locale.value : 'zh-CN');
  const orCode = (key: string, code: string): string => (te(key) ? t(key) : code);

  const status = (code: string, regime?: string): string =>
    regime === 'GOV_PROCUREMENT' && te(`statusGov.${code}`) ? t(`statusGov.${code}`) : orCode(`status.${code}`, code);
  const role = (code: string, regime?: string): string =>
    regime === 'GOV_PROCUREMENT' && te(`roleGov.${code}`) ? t(`roleGov.${code}`) : orCode(`role.${code}`, code);
  const regime = (code: string): string => orCode(`regime.${code}`, code);
  const limit = (name: string): string => orCode(`limitName.${name}`, name);
  const act = (type: string): string => records[type]?.words[language()] ?? type;
  /** Consequence and article of an act; null for one that this version does not know. */
  const consequence = (type: string): { readonly text: string; readonly article: string } | null => {
    const record = records[type];
    return record === undefined ? null : { text: record.consequence[language()], article: record.article[language()] };
  };

  /** What one kind of such an act is called, what follows from it and by which law; a kind without a record bears its code. */
  const kind = (type: string, code: string): { readonly name: string; readonly text: string; readonly article: string } => {
    const record = records[type]?.kinds?.[code];
    const said = language();
    return { name: record?.words[said] ?? code, text: record?.consequence[said] ?? '', article: record?.article[said] ?? '' };
  };

  /** A venue by its identifier: `sub-1` → 副场 1. */
  function venue(id: string): string {
    const sub = /^sub-(\d+)$/.exec(id);
    if (sub !== null) return t('party.sub', { n: sub[1] ?? '' });
    return id === 'main' || id === 'supervision' ? t(`party.${id}`) : id;
  }

  /** A party's pseudonym in words: `bidder-3` → 投标人 3, `node:sub-1` → 副场 1节点. */
  function party(name: string, regimeCode?: string): string {
    if (name === 'node:supervision') return t('party.supervision');
    if (name.startsWith('node:')) return t('party.nodeOf', { venue: venue(name.slice('node:'.length)) });
    const numbered = /^(bidder|expert|representative|award)-(\d+)$/.exec(name);
    if (numbered !== null) {
      const [, kind = '', number = ''] = numbered;
      if (kind === 'award') return `${t('party.award')} ${number}`;
      return `${role(kind === 'representative' ? 'tenderer-representative' : kind, regimeCode)} ${number}`;
    }
    if (name.startsWith('witness-'))
      return t('party.witnessAt', { role: role('witness', regimeCode), venue: venue(name.slice('witness-'.length)) });
    return role(name, regimeCode);
  }

  /** A step, purpose or other identifier of an event in words; a party's pseudonym as such. */
  function about(name: string, regimeCode?: string): string {
    if (name.startsWith('scores:')) return t('sealed.scores', { part: orCode(`part.${name.slice('scores:'.length)}`, name) });
    if (te(`purpose.${name}`)) return t(`purpose.${name}`);
    return /^(bidder|expert|representative|award|node|witness)/.test(name) ? party(name, regimeCode) : name;
  }

  /** What happened and what to do, by the documented code. */
  const problem = (error: RequestError): string =>
    isErrorCode(error.code) ? t(`code.${error.code}`) : t('problem.unknown', { code: error.code });

  return { status, role, regime, limit, act, consequence, kind, venue, party, about, problem };
}
