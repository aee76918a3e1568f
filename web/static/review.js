// Comforts of the review: d goes to the next thing to be decided, u takes the last change back, 1 to 9 pick an answer;
// choosing a row, by pointer or by j and k, lights its lines in the paper without leaving the place.
const TYPING = 'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable="true"]';
const KEYS = { d: toNext, u: takeBack };
const PAUSE_MS = 150;

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
  const deed = KEYS[event.key] || (/^[1-9]$/.test(event.key) && pick);
  if (deed && deed(event.key)) event.preventDefault();
});

function toNext() {
  const open = document.querySelector('.doubt-c.open');
  const links = [ ...document.querySelectorAll('[data-doubt]') ];
  const after = open && links.find(link => open.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = after || links[0] || document.querySelector('[data-next]');
  next?.click();
  return Boolean(next);
}

function takeBack() {
  const form = document.querySelector('[data-undo]');
  form?.requestSubmit();
  return Boolean(form);
}

function pick(key) {
  const answers = document.querySelectorAll('.doubt-c.open [data-choice], .doubt-c.open .opts input[type="radio"]');
  const answer = answers[Number(key) - 1];
  if (answer?.type === 'radio') answer.checked = true;
  answer?.focus();
  return Boolean(answer);
}

// The paper opens at the lines of the row that is looked at.
function showLit() {
  for (const paper of document.querySelectorAll('.paper')) {
    const lit = paper.querySelector('.lit');
    if (lit) paper.scrollTop += lit.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
  }
}

let waiting = 0;
let asked = '';

function lightUp(link) {
  if (!link || link.href === asked) return;
  asked = link.href;
  clearTimeout(waiting);
  waiting = setTimeout(() => bring(link), PAUSE_MS);
}

async function bring(link) {
  const answer = await fetch(link.href, { headers: { accept: 'text/html' } });
  if (!answer.ok || link.href !== asked) return;
  const paper = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('van-ban-goc');
  document.getElementById('van-ban-goc')?.replaceWith(paper);
  for (const row of document.querySelectorAll('.review-t tr.on, .item-l > li.on')) row.classList.remove('on');
  link.closest('tr, .item-l > li')?.classList.add('on');
  showLit();
}

const sourceOf = place => place.closest?.('tr[data-row], .item-l > li')?.querySelector('[data-source]');

const isNarrow = () => getComputedStyle(document.querySelector('.review')).gridTemplateColumns.split(' ').length < 2;

document.addEventListener('focusin', event => isNarrow() || lightUp(sourceOf(event.target)));
document.addEventListener('click', event => {
  const link = event.target.closest('a, button');
  const source = sourceOf(event.target);
  if (!source || (link && link !== source)) return;
  if (!isNarrow()) {
    event.preventDefault();
    lightUp(source);
  } else if (link) {
    link.hash = 'van-ban-goc';  // there is no room for the paper beside the rows: go to it
  }
});

showLit();
document.querySelector('.doubt-c.open:target')?.focus();
