// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint, so that the saved theme and language do not flash in.
// Keep the keys in step with src/ui/preferences.ts.
(function () {
  var root = document.documentElement;
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('noom.preferences') || '{}') || {};
  } catch {
    // No storage or not ours: the system decides.
  }
  if (saved.theme === 'dark' || saved.theme === 'light') root.dataset.theme = saved.theme;
  var asked = new URLSearchParams(location.search).get('lang');
  var lang = saved.locale || asked || navigator.language;
  root.lang = String(lang).slice(0, 2) === 'ko' ? 'ko' : 'en';
})();
