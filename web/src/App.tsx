// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'preact/hooks';
import { HomePage } from './pages/HomePage';
import { MeetingPage, UnknownMeeting } from './pages/MeetingPage';
import { locale, t } from './texts/t';
import { ErrorBoundary } from './ui/ErrorBoundary';
import { HelpDialog } from './ui/HelpDialog';
import { route } from './ui/route';
import { LiveRegions } from './ui/Toasts';

export function App() {
  useEffect(() => {
    document.documentElement.lang = locale.value;
  }, [locale.value]);
  return (
    <ErrorBoundary text={t('error.page')} restart={t('common.retry')}>
      <Page />
      <HelpDialog />
      <LiveRegions />
    </ErrorBoundary>
  );
}

function Page() {
  const now = route.value;
  switch (now.page) {
    case 'home':
      return <HomePage />;
    case 'meeting':
      return <MeetingPage key={now.id} id={now.id} />;
    case 'unknown':
      return <UnknownMeeting />;
  }
}
