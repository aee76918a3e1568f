// The bar for chosen rows of a list: there only while something is chosen, and saying how much. Rows look chosen.
for (const bar of document.querySelectorAll('[data-pickbar]')) {
  const form = bar.closest('form');
  const said = bar.querySelector('[data-picked]');
  const show = () => {
    const boxes = [ ...form.querySelectorAll('[data-row] input[type=checkbox]') ];
    const picked = boxes.filter(box => box.checked).length;
    bar.hidden = picked === 0;
    said.textContent = said.dataset.picked.replace('{}', String(picked));
    boxes.forEach(box => box.closest('[data-row]').classList.toggle('on', box.checked));
  };
  form.addEventListener('change', show);
  form.addEventListener('reset', () => setTimeout(show));
  show();
}
