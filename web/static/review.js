// d goes to the next thing to be decided while reviewing a plan; j, k and Enter are those of every list.
const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';

document.addEventListener('keydown', event => {
  if (event.key !== 'd' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(TYPING)) return;
  const open = document.querySelector('.doubt-c.open');
  const links = [ ...document.querySelectorAll('[data-doubt]') ];
  const after = open && links.find(link => open.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = after || links[0];
  if (!next) return;
  event.preventDefault();
  next.click();
});

// The paper opens at the lines of the row that is looked at.
for (const paper of document.querySelectorAll('.paper')) {
  const lit = paper.querySelector('.lit');
  if (lit) paper.scrollTop = lit.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
}
