// SPDX-License-Identifier: Apache-2.0
import { t } from '../texts/t';
import { useTitle } from '../ui/hooks';
import { Moonrise } from '../ui/Logo';
import { PageHead } from '../ui/PageHead';
import { JoinField } from './JoinField';
import { MeetingLists } from './MeetingLists';
import { NewMeeting } from './NewMeeting';

export function HomePage() {
  useTitle('');
  return (
    <div class="page">
      <PageHead />
      <main class="home">
        <div>
          <h1>{t('home.title')}</h1>
          <div class="start">
            <NewMeeting />
            <JoinField />
          </div>
          <MeetingLists />
        </div>
        <Moonrise />
      </main>
    </div>
  );
}
