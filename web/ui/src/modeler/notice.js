// One line under the toolbar: what was done, or what stopped it.
import done from 'bootstrap-icons/icons/check-circle-fill.svg';
import fault from 'bootstrap-icons/icons/exclamation-triangle-fill.svg';
import offer from 'bootstrap-icons/icons/clock-history.svg';
import close from 'bootstrap-icons/icons/x-lg.svg';

import { el, icon } from '../page.js';

/** `{done, fault, offer, clear}`; each takes a sentence and the links or buttons to put at its end. An offer stays until it is answered. */
export function noticeBoard(place, t) {
  const clear = () => place.replaceChildren();
  const closing = () => el('button', {
    type: 'button', class: 'btn btn-bare btn-sm', 'aria-label': t('Close'), title: t('Close'), onclick: clear
  }, icon(close));
  const say = (picture, style, isAnswered) => (sentence, ...acts) => place.replaceChildren(
    el('div', { class: `toast-line md-line ${style}` }, icon(picture), el('span', {}, sentence),
      el('span', { class: 'end' }, ...acts, isAnswered ? null : closing())));
  return { done: say(done, 'is-done'), fault: say(fault, 'is-doubt'), offer: say(offer, 'is-info', true), clear };
}
