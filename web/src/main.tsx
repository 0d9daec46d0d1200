// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import { App } from './App';
import { applyTheme, followOtherTabs } from './ui/preferences';
import { startRouting } from './ui/route';
import './styles/tokens.css';
import './styles/base.css';
import './styles/buttons.css';
import './styles/inputs.css';
import './styles/small.css';
import './styles/tile.css';
import './styles/call.css';
import './styles/float.css';
import './styles/panel.css';
import './styles/chat.css';
import './styles/people.css';
import './styles/pages.css';
import './styles/adapt.css';
import './styles/client.css';
import './styles/client-call.css';
import './styles/client-adapt.css';

applyTheme();
followOtherTabs();
startRouting();
const app = document.getElementById('app');
if (app) render(<App />, app);
