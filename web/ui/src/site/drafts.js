// Forms marked data-draft-url are saved on the server as they are typed.
import { clockTime, csrfToken, languageOf } from '../page.js';

const PAUSE_MS = 1500;
const RETRY_MS = 15000;
const WORDS = {
  vi: { saving: 'Đang lưu nháp…', saved: time => `Đã lưu nháp lúc ${time}`, failed: 'Chưa lưu được nháp; sẽ tự thử lại' },
  en: { saving: 'Saving the draft…', saved: time => `Draft saved at ${time}`, failed: 'The draft is not saved yet; trying again' }
};

/** The fields go as they would on submit (files left out), with the CSRF token as header too. */
export function wireDrafts(root) {
  const waiting = new Map();      // form → timer of its next save

  const plan = (form, delay = PAUSE_MS) => {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), delay));
  };

  const save = async form => {
    waiting.delete(form);
    if (!form.isConnected) return;
    say(form, 'saving');
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: 'POST', body: fieldsOf(form), credentials: 'same-origin',
        headers: { 'X-CSRFToken': csrfToken(form), Accept: 'application/json' }
      });
      if (!answer.ok) throw new Error(answer.statusText);
      say(form, 'saved', clockTime());
      if (!waiting.has(form)) form.dispatchEvent(new CustomEvent('bangiao:draft-saved', { bubbles: true }));
    } catch {
      say(form, 'failed');
      if (!waiting.has(form)) plan(form, RETRY_MS);
    }
  };

  root.addEventListener('input', event => {
    const form = event.target.form || event.target.closest('form');
    if (form?.dataset.draftUrl) plan(form);
  });
  root.addEventListener('submit', event => {
    clearTimeout(waiting.get(event.target));
    waiting.delete(event.target);
  });
  root.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (ctx.response.status >= 400 && ctx.request.form?.dataset.draftUrl) plan(ctx.request.form);
  });
  window.addEventListener('pagehide', () => {
    for (const form of waiting.keys()) navigator.sendBeacon(form.dataset.draftUrl, fieldsOf(form));
  });
}

function fieldsOf(form) {
  return new URLSearchParams([ ...new FormData(form) ].filter(([ , value ]) => typeof value === 'string'));
}

function say(form, word, time) {
  const place = form.querySelector('[data-draft-status]') || document.querySelector('[data-draft-status]');
  const said = WORDS[languageOf(document.documentElement)][word];
  if (place) place.textContent = typeof said === 'function' ? said(time) : said;
}
