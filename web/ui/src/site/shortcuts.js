// Keys for lists marked data-shortcuts: j and k walk the rows, Enter opens one, / goes to the search field.

const ROWS = '[data-row], :scope > li, :scope > tbody > tr';
const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [data-island]';

export function wireShortcuts(root) {
  root.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING)) return;
    if (event.key === '/' && focusSearch(root)) event.preventDefault();
    if (event.key === 'j' && step(root, 1)) event.preventDefault();
    if (event.key === 'k' && step(root, -1)) event.preventDefault();
  });
}

function focusSearch(root) {
  const field = root.querySelector('[data-search], .find input, input[type="search"]');
  if (!field || !root.querySelector('[data-shortcuts]')) return false;
  field.focus();
  field.select();
  return true;
}

/** Move the focus to the row `by` rows on; its link takes it, so that Enter opens the row by itself. */
function step(root, by) {
  const rows = [ ...root.querySelectorAll('[data-shortcuts]') ]
    .flatMap(list => [ ...list.querySelectorAll(ROWS) ])
    .filter(row => linkOf(row));
  if (!rows.length) return false;
  const here = rows.findIndex(row => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + by, 0), rows.length - 1);
  linkOf(rows[next]).focus({ preventScroll: true });
  rows[next].scrollIntoView({ block: 'nearest' });
  return true;
}

function linkOf(row) {
  return row.querySelector('[data-row-link]') || row.querySelector('a[href]');
}
