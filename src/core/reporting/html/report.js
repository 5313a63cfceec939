// Searching, sorting, filtering and paging of the table of checks. The report is whole without it, but for the checks
// that are not on the first page. The page's Content-Security-Policy allows this one script by its hash.
(() => {
  'use strict';
  const ROWS_A_PAGE = 100;
  /** Paper has no next page to ask for. */
  const ROWS_IN_PRINT = 1000;

  const { rows, texts, remediations, titles } = JSON.parse(document.getElementById('checks-data').textContent);
  const table = document.getElementById('checks-table');
  const body = table.tBodies[0];
  const form = document.getElementById('filters');
  const shown = document.getElementById('shown');
  const nothing = document.querySelector('.nothing');
  const pages = document.getElementById('pages');

  // What a row holds, by its place: numbers, and places of texts.
  const [RANK, STATUS, LABEL, CONTROL, ID, NAME, ACCOUNT, REGION, GRAVITY, SEVERITY, SEEN, OPEN, OPEN_WORDS, REASON] =
    Array(14).keys();
  const REMEDIATION = 14;
  const CLOSED_IN = 15;
  const DUE = 16;
  const OVERDUE = 17;
  const BEFORE = 18;
  const FILTERS = { status: STATUS, control: CONTROL, account: ACCOUNT, region: REGION, severity: SEVERITY };
  /** By what each column is sorted: a number of the row, or a text. */
  const SORTED_BY = [RANK, CONTROL, ID, GRAVITY, SEEN, OPEN, REASON];
  const TEXT_COLUMNS = new Set([CONTROL, ID, REASON]);

  /** Places of rows, in the order in which they are to be seen, and those of them that fit the filters. */
  let order = rows.map((_, place) => place);
  let fitting = order;
  let page = 0;

  /** What is searched: made when the first search is made. */
  let haystacks;

  function haystackOf(row) {
    const remediation = row[REMEDIATION] < 0 ? [] : remediations[row[REMEDIATION]];
    const [by, , id, changes = [], known = -1, owner = -1] = remediation;
    const places = [
      row[LABEL],
      row[CONTROL],
      row[ID],
      row[NAME],
      row[ACCOUNT],
      row[REGION],
      row[SEVERITY],
      row[REASON],
      row[BEFORE],
    ];
    return [...places, by ?? -1, id ?? -1, known, owner, ...changes.flat()]
      .map((place) => (place < 0 ? '' : texts[place]))
      .join('\n')
      .toLowerCase();
  }

  function filter() {
    const text = form.elements.text.value.trim().toLowerCase();
    const wanted = Object.entries(FILTERS).flatMap(([name, member]) => {
      const value = form.elements[name].value;
      return value === '' ? [] : [[member, texts.indexOf(value)]];
    });
    const late = form.elements.due.value !== '';
    if (text !== '') haystacks ??= rows.map(haystackOf);
    fitting = order.filter(
      (place) =>
        wanted.every(([member, value]) => rows[place][member] === value) &&
        (!late || rows[place][OVERDUE] === 1) &&
        (text === '' || haystacks[place].includes(text)),
    );
    page = 0;
    draw();
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className !== '') made.className = className;
    made.append(...children);
    return made;
  }

  function timeOf(millis) {
    if (millis < 0) return element('span', 'zero', 'unknown');
    const iso = new Date(millis).toISOString();
    const time = element('time', '', iso.slice(0, 10) + ' ' + iso.slice(11, 16));
    time.dateTime = iso;
    return time;
  }

  function storyOf(row) {
    const story = element('td', 'story', element('p', '', texts[row[REASON]]));
    if (row[REMEDIATION] < 0) return story;
    const [by, at, id, changes, known, owner] = remediations[row[REMEDIATION]];
    for (const [label, ...words] of changes) {
      const line = element('p', 'rules', element('span', 'label', texts[label]), ' ');
      for (const place of words) line.append(element('code', '', texts[place]), ' ');
      story.append(line);
    }
    if (known >= 0) story.append(element('p', 'known', texts[known]));
    if (owner >= 0) story.append(element('pre', 'owner', texts[owner]));
    const facts = element('p', 'about', texts[by]);
    if (at >= 0) facts.append(' · ', timeOf(at));
    if (row[CLOSED_IN] >= 0) facts.append(' · closed in ' + texts[row[CLOSED_IN]]);
    facts.append(' · ', element('span', 'id', texts[id]));
    story.append(facts);
    if (row[BEFORE] >= 0) story.append(element('p', 'about', texts[row[BEFORE]]));
    return story;
  }

  function dueOf(row) {
    if (row[DUE] < 0) return [];
    const iso = new Date(row[DUE]).toISOString();
    const day = element('time', '', iso.slice(0, 10));
    day.dateTime = iso;
    const late = row[OVERDUE] === 1;
    return [element('span', late ? 'about overdue' : 'about', late ? 'overdue since ' : 'due ', day)];
  }

  function rowOf(place) {
    const row = rows[place];
    const control = element('td', '', texts[row[CONTROL]]);
    control.title = titles[texts[row[CONTROL]]];
    const name = row[NAME] < 0 ? [] : [element('bdi', 'about', texts[row[NAME]])];
    const where = element('span', 'about place', texts[row[ACCOUNT]] + ' · ' + texts[row[REGION]]);
    const severity = element('span', 'severity severity-' + row[GRAVITY], texts[row[SEVERITY]].toLowerCase());
    return element(
      'tr',
      '',
      element('td', '', element('span', 'chip chip-' + texts[row[STATUS]], texts[row[LABEL]])),
      control,
      element('td', '', element('span', 'id', texts[row[ID]]), ...name, where),
      element('td', '', severity),
      element('td', 'time', timeOf(row[SEEN])),
      element('td', 'time', row[OPEN] < 0 ? element('span', 'zero', '–') : texts[row[OPEN_WORDS]], ' ', ...dueOf(row)),
      storyOf(row),
    );
  }

  function draw(from = page * ROWS_A_PAGE, count = ROWS_A_PAGE) {
    body.replaceChildren(...fitting.slice(from, from + count).map(rowOf));
    shown.textContent = fitting.length.toLocaleString('en') + ' of ' + rows.length.toLocaleString('en');
    nothing.hidden = fitting.length > 0;
    pages.hidden = fitting.length <= ROWS_A_PAGE;
    const last = Math.min(fitting.length, from + count);
    pages.querySelector('#page').textContent =
      (from + 1).toLocaleString('en') + '–' + last.toLocaleString('en') + ' of ' + fitting.length.toLocaleString('en');
    pages.querySelector('[data-step="-1"]').disabled = page === 0;
    pages.querySelector('[data-step="1"]').disabled = last === fitting.length;
  }

  const collator = new Intl.Collator('en', { numeric: true });
  const ranksOfColumns = new Map();

  /** Places of a column's texts in their order: comparing them once is enough, and the long texts are in no column. */
  function ranksOf(member) {
    const known = ranksOfColumns.get(member);
    if (known !== undefined) return known;
    const places = [...new Set(rows.map((row) => row[member]))];
    // Ids are hexadecimal: no number is in them, and in 100,000 of them looking for one takes a second.
    const compare = member === ID ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : collator.compare;
    places.sort((a, b) => compare(texts[a], texts[b]));
    const ranks = new Map(places.map((place, rank) => [place, rank]));
    ranksOfColumns.set(member, ranks);
    return ranks;
  }

  function sort(header, column) {
    const direction = header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    for (const other of table.tHead.rows[0].cells) other.setAttribute('aria-sort', 'none');
    header.setAttribute('aria-sort', direction);
    const sign = direction === 'ascending' ? 1 : -1;
    const member = SORTED_BY[column];
    const ranks = TEXT_COLUMNS.has(member) ? ranksOf(member) : undefined;
    const keys = Float64Array.from(rows, (row) => (ranks === undefined ? row[member] : ranks.get(row[member])));
    order = rows.map((_, place) => place).sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
    filter();
  }

  [...table.tHead.rows[0].cells].forEach((header, column) => {
    const button = element('button', '', header.textContent);
    button.type = 'button';
    button.addEventListener('click', () => sort(header, column));
    header.replaceChildren(button);
  });

  for (const link of document.querySelectorAll('[data-show], [data-due]')) {
    link.addEventListener('click', () => {
      form.reset();
      form.elements.status.value = link.dataset.show ?? '';
      form.elements.due.value = link.dataset.due ?? '';
      // A reset is followed by a filter of its own, with these values.
      filter();
    });
  }

  pages.addEventListener('click', ({ target }) => {
    if (target.dataset.step === undefined) return;
    page += Number(target.dataset.step);
    draw();
    table.scrollIntoView({ block: 'start' });
  });

  addEventListener('beforeprint', () => draw(0, ROWS_IN_PRINT));
  addEventListener('afterprint', () => draw());
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  form.hidden = false;
  filter();
})();
