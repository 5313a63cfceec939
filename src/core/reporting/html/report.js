// Sorting and filtering of the table of checks. The report is whole without it. The page's Content-Security-Policy allows
// this one script by its hash.
(() => {
  'use strict';
  const table = document.getElementById('checks-table');
  const form = document.getElementById('filters');
  const shown = document.getElementById('shown');
  const body = table.tBodies[0];
  const nothing = document.querySelector('.nothing');
  const rows = [...body.rows].map((element, place) => ({ element, place, text: element.textContent.toLowerCase() }));
  const kinds = ['status', 'control', 'account', 'region', 'severity'];

  function filter() {
    const text = form.elements.text.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits =
        row.text.includes(text) &&
        kinds.every((kind) => !form.elements[kind].value || row.element.dataset[kind] === form.elements[kind].value);
      row.element.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count.toLocaleString('en') + ' of ' + rows.length.toLocaleString('en');
    nothing.hidden = count > 0;
  }

  function valueOf(row, column) {
    const cell = row.element.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  }

  function compare(a, b) {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference) || a === '' || b === '' ? a.localeCompare(b, 'en', { numeric: true }) : difference;
  }

  function sort(header, column) {
    const direction = header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    for (const other of table.tHead.rows[0].cells) other.setAttribute('aria-sort', 'none');
    header.setAttribute('aria-sort', direction);
    const sign = direction === 'ascending' ? 1 : -1;
    rows.sort((a, b) => sign * compare(valueOf(a, column), valueOf(b, column)) || a.place - b.place);
    body.append(...rows.map((row) => row.element));
  }

  [...table.tHead.rows[0].cells].forEach((header, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    button.addEventListener('click', () => sort(header, column));
    header.replaceChildren(button);
  });

  for (const tile of document.querySelectorAll('[data-show]')) {
    tile.addEventListener('click', () => {
      form.reset();
      form.elements.status.value = tile.dataset.show;
      filter();
    });
  }

  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  form.hidden = false;
  filter();
})();
