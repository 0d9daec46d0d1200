// SPDX-License-Identifier: Apache-2.0
import { locale, t } from '../texts/t';
import { Icon } from './Icon';
import { Wordmark } from './Logo';
import { isDark, prefer } from './preferences';

/** Logo, language and theme: the head of every page but the call. */
export function PageHead() {
  const other = locale.value === 'ko' ? 'en' : 'ko';
  const dark = isDark();
  return (
    <header class="pagehead">
      <a class="pagehead__home" href="/" aria-label={t('home.link')}>
        <Wordmark />
      </a>
      <span class="grow" />
      <button
        type="button"
        class="btn btn--text btn--quiet"
        lang={other}
        onClick={() => prefer({ locale: other })}
      >
        <Icon name="globe" size={20} />
        {other === 'ko' ? '한국어' : 'English'}
      </button>
      <button
        type="button"
        class="iconbtn"
        aria-label={dark ? t('theme.to-light') : t('theme.to-dark')}
        title={dark ? t('theme.to-light') : t('theme.to-dark')}
        onClick={() => prefer({ theme: dark ? 'light' : 'dark' })}
      >
        <Icon name={dark ? 'sun' : 'moon'} size={20} />
      </button>
    </header>
  );
}
