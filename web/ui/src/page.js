// What an island needs to know of the page it stands in.

const ENGLISH = 'en';

/** 'vi' unless the element, or else the page, says English. */
export function languageOf(element) {
  const named = element.dataset.lang || document.documentElement.lang;
  return named.startsWith(ENGLISH) ? ENGLISH : 'vi';
}

/** The CSRF token: the element's own, or the page's `<meta name="csrf-token">`. */
export function csrfToken(element) {
  return element?.dataset.csrf || document.querySelector('meta[name="csrf-token"]')?.content || '';
}

/** 9h26, as written in offices here. */
export function clockTime(instant = new Date()) {
  return `${instant.getHours()}h${String(instant.getMinutes()).padStart(2, '0')}`;
}

/** 12/3/2026 */
export function dayOf(instant) {
  return `${instant.getDate()}/${instant.getMonth() + 1}/${instant.getFullYear()}`;
}

/** `el('button', { class: 'btn', type: 'button' }, 'Lưu')`; a key with `on` in front is a listener. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [ key, value ] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child != null));
  return element;
}

/** An icon given as SVG text (imported from bootstrap-icons), drawn for the eye only. */
export function icon(svg) {
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  drawn.setAttribute('class', 'i');
  drawn.setAttribute('aria-hidden', 'true');
  return document.importNode(drawn, true);
}
