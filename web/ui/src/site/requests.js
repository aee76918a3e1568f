// htmx: the CSRF header, and what happens to an answer that is an error.
import { csrfToken, languageOf } from '../page.js';

const WORDS = {
  vi: {
    unreachable: 'Không kết nối được máy chủ. Nội dung đang viết vẫn còn trên trang; hãy thử lại.',
    failed: status => `Máy chủ báo lỗi ${status}. Nội dung đang viết vẫn còn trên trang.`,
    signedOut: 'Phiên làm việc đã hết. Hãy đăng nhập lại ở một thẻ khác rồi quay về trang này.'
  },
  en: {
    unreachable: 'The server cannot be reached. What is written is still on the page; try again.',
    failed: status => `The server answered with error ${status}. What is written is still on the page.`,
    signedOut: 'The session has ended. Sign in again in another tab, then come back to this page.'
  }
};

const FORM_WITH_ERRORS = 422;

/**
 * A form that came back with its errors (422) is swapped like any answer. Every other error leaves the
 * page as it is and is said in `[data-errors]`: the answer's `[data-error]`, its problem `detail`, or a
 * sentence of ours.
 */
export function wireRequests(root) {
  root.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
    if (ctx.request.method !== 'GET') ctx.request.headers['X-CSRFToken'] = csrfToken(ctx.sourceElement);
  });
  root.addEventListener('htmx:before:request', () => say(root, null));
  root.addEventListener('htmx:after:request', event => {
    const { response, text, hx } = event.detail.ctx;
    if (response.status < 400 || response.status === FORM_WITH_ERRORS || hx.redirect || hx.location) return;
    event.preventDefault();
    say(root, sentenceOf(response, text));
  });
  root.addEventListener('htmx:error', ({ detail: { ctx } }) => {
    if (ctx) say(root, words().unreachable);
  });
}

function words() {
  return WORDS[languageOf(document.documentElement)];
}

function sentenceOf(response, text) {
  const type = response.headers.get('Content-Type') || '';
  if (type.includes('json')) return problemDetail(text) || words().failed(response.status);
  const told = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-error]');
  if (told) return told.textContent.trim();
  return response.status === 401 ? words().signedOut : words().failed(response.status);
}

function problemDetail(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail || problem.title;
  } catch {
    return null;
  }
}

/** Write `sentence` where errors are said (made under the heading when the page has no place); null clears it. */
function say(root, sentence) {
  const place = root.querySelector('[data-errors]') || (sentence && makePlace(root));
  if (!place) return;
  place.textContent = sentence || '';
  place.hidden = !sentence;
  if (sentence) place.scrollIntoView({ block: 'nearest' });
}

function makePlace(root) {
  const place = document.createElement('p');
  place.className = 'toast-line is-late';
  place.dataset.errors = '';
  place.setAttribute('role', 'alert');
  const main = root.querySelector('main') || root.body;
  const heading = main.querySelector('.head');
  heading ? heading.after(place) : main.prepend(place);
  return place;
}
