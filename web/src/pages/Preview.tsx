// SPDX-License-Identifier: Apache-2.0
import type { ReadonlySignal } from '@preact/signals';
import type { LocalMedia } from '../media/LocalMedia';
import type { Problem } from '../media/problem';
import { t } from '../texts/t';
import { Avatar } from '../ui/Avatar';
import { pressCamera, pressMicrophone } from '../ui/devices';
import { explainProblem } from '../ui/explain';
import { openHelp } from '../ui/HelpDialog';
import { Icon } from '../ui/Icon';
import { Picture } from '../ui/Picture';
import { preferences } from '../ui/preferences';
import { TruthKey } from '../ui/TruthKey';

/** How one will be seen, with the two keys on it and the reason when a device is missing. */
export function Preview({
  media,
  level,
  name,
}: {
  media: LocalMedia;
  level: ReadonlySignal<number>;
  name: string;
}) {
  const track = media.camera.outgoing.value;
  const mirrored = preferences.value.mirror && media.facing() === 'user';
  return (
    <div class="preview">
      {track ? (
        <Picture track={track} mirrored={mirrored} />
      ) : (
        <div class="face face--raised">
          <Avatar id={name} name={name} size="tile" />
        </div>
      )}
      <div class="pill">
        <span class="name">{name}</span>
      </div>
      <Notice media={media} />
      <div class="on">
        <div class="split">
          <TruthKey
            source="microphone"
            slot={media.microphone}
            level={level}
            onPress={() => pressMicrophone(media)}
          />
        </div>
        <div class="split">
          <TruthKey source="camera" slot={media.camera} onPress={() => pressCamera(media)} />
        </div>
      </div>
    </div>
  );
}

/** One thing at a time: the browser's question first, then what went wrong. */
function Notice({ media }: { media: LocalMedia }) {
  const microphone = media.microphone.state.value;
  const camera = media.camera.state.value;
  if (microphone.status === 'opening' || camera.status === 'opening') {
    const unasked = media.devices.value.every(({ label }) => label === '');
    if (!unasked) return null;
    return <p class="previewnote">{t('prejoin.allow')}</p>;
  }
  const problem = camera.problem ?? microphone.problem;
  if (!problem) return null;
  const both =
    camera.problem?.kind === 'blocked-by-site' && microphone.problem?.kind === camera.problem.kind;
  return <ProblemNote problem={problem} both={both} media={media} />;
}

function ProblemNote({
  problem,
  both,
  media,
}: {
  problem: Problem;
  both: boolean;
  media: LocalMedia;
}) {
  const explanation = explainProblem(problem);
  if (!explanation) return null;
  const text = both ? 'problem.both-blocked' : explanation.text;
  const retry = () => {
    if (both || problem.source === 'microphone') media.microphone.turn(true);
    if (both || problem.source === 'camera') media.camera.turn(true);
  };
  return (
    <div class="previewnote previewnote--bad" role="alert">
      <Icon name="warning" size={20} />
      <p>{t(text)}</p>
      {explanation.help && (
        <button type="button" class="btn btn--small" onClick={() => openHelp(problem, text)}>
          {t('problem.how')}
        </button>
      )}
      {explanation.retry && (
        <button type="button" class="btn btn--small not-phone" onClick={retry}>
          {t('common.retry')}
        </button>
      )}
    </div>
  );
}
