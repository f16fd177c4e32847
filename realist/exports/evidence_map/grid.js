// The table: drawn anew when columns or order change, marked when filters do; moved in by keys.

const table = byId("grid");
const drawn = { columns: [], rows: [], at: null };

/** What a cell shows; the four states never look alike. */
function sign(cell) {
  if (!cell) return "";
  if (cell.state !== PRESENT) return cell.state === NONE ? "·" : "?";
  if (state.mode === "counts") return String(cell.claims.length + cell.boxes.length);
  if (state.mode === "stance") return stancesOf(cell).map((stance) => LETTERS[stance] || "!").join("") || "✓";
  if (state.mode === "outcomes") return valencesOf(cell).join("").replace("-", "−") || "✓";
  return "✓";
}

/** The colour of a cell, which says nothing that its sign does not. */
function shade(cell) {
  if (!cell) return "unread";
  if (cell.state !== PRESENT) return cell.state === NONE ? "none" : "lost";
  const said = sign(cell);
  if (state.mode === "counts") return `has c${Math.min(4, Math.ceil(Math.sqrt(Number(said))))}`;
  if (said === "✓") return "has";
  if (said.length > 1) return "has mixed";
  return "has " + { S: "good", W: "bad", M: "turn", R: "new", n: "bare", "+": "good", "−": "bad", "±": "turn", 0: "bare" }[said];
}

/** A cell in words, for who listens. */
function spoken(cell) {
  if (!cell) return "not looked at yet";
  if (cell.state !== PRESENT) return cell.state === NONE ? "looked for, none found" : "not recoverable from the source";
  const held = [
    cell.claims.length ? `${counted(cell.claims.length, "claim")}: ${stancesOf(cell).join(", ")}` : "",
    cell.boxes.length ? counted(cell.boxes.length, "box", "boxes") : "",
    valencesOf(cell).length ? `outcomes ${valencesOf(cell).map(valenceWord).join(", ")}` : "",
  ];
  return held.filter(Boolean).join("; ") || "present";
}
const valenceWord = (valence) => ({ "+": "positive", "-": "negative", "±": "mixed", 0: "no change" })[valence] || valence;

function ordered() {
  const rows = papers.slice();
  const label = new Intl.Collator("en").compare;
  if (state.order === "year") rows.sort((a, b) => (b.year || 0) - (a.year || 0) || label(a.label, b.label));
  if (state.order === "most") rows.sort((a, b) => b.n - a.n);
  if (state.order === "name") rows.sort((a, b) => label(a.label, b.label));
  return rows;
}

/** Say what an element of the table is: it is laid out by other rules than tables, and stays one. */
function roled(made, role) {
  made.setAttribute("role", role);
  return made;
}
function over(made) {
  made.scope = "col";
  return roled(made, "columnheader");
}
function beside(made) {
  made.scope = "row";
  return roled(made, "rowheader");
}
const held = (kind, text) => roled(el("td", kind, text), "gridcell");

function heading(mechanism) {
  const name = el("span", "name", mechanism.name);
  name.dir = "auto";
  const made = el("th", "mechanism", el("span", "turn-box", el("span", "code", mechanism.code), " ", name));
  made.title = [mechanism.name, mechanism.note].filter(Boolean).join(": ");
  return over(made);
}

const numbers = { rows: papers.some((of) => of.reported.length), columns: mechanisms.some((of) => of.reported.length) };
const voiced = mechanisms.some((of) => of.voices);

function draw() {
  const { mechanism } = state.chosen;
  drawn.columns = mechanisms.map((_, place) => place).filter((place) => !mechanism.size || mechanism.has(place));
  const many = drawn.columns.length > 9;
  table.className = many ? "many" : "few";
  const sums = numbers.rows ? ["n", "reported"] : ["n"];
  const head = roled(el("tr", "", over(el("th", "corner", "Paper")), ...drawn.columns.map((place) => heading(mechanisms[place])),
    ...sums.map((name) => over(el("th", "sum end", name)))), "row");
  const body = roled(el("tbody"), "rowgroup");
  drawn.rows = ordered().map((paper) => body.appendChild(rowOf(paper)));
  table.replaceChildren(roled(el("thead", "", head), "rowgroup"), body, roled(foot(), "rowgroup"));
  table.setAttribute("aria-colcount", head.children.length);
  table.setAttribute("aria-rowcount", papers.length + 2);
  drawn.at = null;
  const first = head.children[1] || head.children[0];
  point(first);
}

const bare = [null, { state: 1 }, { state: 2 }].map((cell) => {
  const made = held(shade(cell), sign(cell));
  made.setAttribute("aria-label", spoken(cell));
  return made;
});

function rowOf(paper) {
  const name = told("th", "paper", "");
  name.textContent = paper.label;
  const row = roled(el("tr", "", beside(name)), "row");
  for (const place of drawn.columns) {
    const cell = paper.at[place];
    if (cell && cell.state === PRESENT) {
      const made = held(shade(cell), sign(cell));
      made.setAttribute("aria-label", spoken(cell));
      row.append(made);
    } else row.append(bare[cell ? cell.state : 0].cloneNode(true));
  }
  row.append(held("sum end", String(paper.n)));
  if (numbers.rows) row.append(held("sum end", paper.reported[0] || ""));
  row.paper = paper;
  return row;
}

function foot() {
  const made = el("tfoot");
  const line = (name, kind, value) => {
    const cells = drawn.columns.map((place) => held("sum", value(mechanisms[place])));
    const ends = (numbers.rows ? [0, 0] : [0]).map(() => held("sum end", ""));
    made.append(roled(el("tr", kind, beside(el("th", "paper", name)), ...cells, ...ends), "row"));
  };
  line("n", "counts", (of) => String(of.n));
  if (numbers.columns) line("reported", "reported", (of) => of.reported[0] || "");
  if (voiced) line("stakeholders", "voices", (of) => of.voices);
  return made;
}

/** Put the rows that are there in the order asked for. */
function reorder() {
  const of = new Map(drawn.rows.map((row) => [row.paper, row]));
  drawn.rows = ordered().map((paper) => of.get(paper));
  table.tBodies[0].append(...drawn.rows);
}

/** Mark what matches, count it, and hide papers in which nothing does. */
function mark() {
  const cells = asksOfCells();
  const sums = new Map(drawn.columns.map((place) => [place, 0]));
  let shown = 0, held = 0, within = 0;
  for (const row of drawn.rows) {
    const { paper } = row;
    let n = 0;
    const fits = paperFits(paper);
    drawn.columns.forEach((place, across) => {
      const cell = paper.at[place];
      if (!cell || cell.state !== PRESENT) return;
      within++;
      let good = fits;
      if (good && cells) {
        const found = matches(cell);
        good = found.claims.length + found.boxes.length > 0;
      }
      if (good) {
        n++;
        sums.set(place, sums.get(place) + 1);
      }
      const made = row.children[across + 1];
      if (made.classList.contains("off") === good) {
        made.classList.toggle("off", !good);
        made.setAttribute("aria-label", spoken(cell) + (good ? "" : "; outside the filters"));
      }
    });
    const stays = fits && (!cells || n > 0 || rowStays(paper));
    if (row.hidden === stays) row.hidden = !stays;
    if (stays) shown++;
    held += n;
    say(row.children[drawn.columns.length + 1], n, paper.n);
  }
  const counts = table.querySelector("tfoot .counts");
  drawn.columns.forEach((place, across) => say(counts.children[across + 1], sums.get(place), mechanisms[place].n));
  byId("nothing").hidden = shown > 0 || !drawn.rows.length;
  hits(shown, held, within);
}

/** Set a sum: how many match, and of how many where they are not all. */
function say(made, n, all) {
  const text = n === all ? String(n) : `${n}/${all}`;
  if (made.textContent === text) return;
  made.replaceChildren(String(n), ...(n === all ? [] : [el("small", "", `/${all}`)]));
  if (n === all) made.removeAttribute("aria-label");
  else made.setAttribute("aria-label", `${n} of ${all}`);
}

function hits(shown, held, within) {
  const all = counted(papers.length, "paper");
  const text = asksAnything()
    ? `${shown.toLocaleString("en")} of ${all} · ${held.toLocaleString("en")} of ${counted(within, "cell")} with evidence match`
    : `${all} · ${counted(mechanisms.length, "mechanism")} · ${counted(within, "cell")} with evidence`;
  if (byId("hits").textContent !== text) byId("hits").textContent = text;
}

/** Make a cell the one that the tabulator key leads to. */
function point(cell) {
  if (drawn.at === cell) return; // what loses its place in the order of tabs loses the focus, too
  if (drawn.at) drawn.at.removeAttribute("tabindex");
  drawn.at = cell;
  if (cell) cell.tabIndex = 0;
}

function go(cell) {
  point(cell);
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function move(event) {
  const cell = event.target.closest("th,td");
  if (!cell || event.altKey || event.metaKey) return;
  const rows = [...table.rows].filter((row) => !row.hidden);
  const row = rows.indexOf(cell.parentNode), last = rows.length - 1;
  const across = cell.cellIndex, end = cell.parentNode.cells.length - 1;
  const to = {
    ArrowRight: [row, across + 1], ArrowLeft: [row, across - 1], ArrowDown: [row + 1, across], ArrowUp: [row - 1, across],
    PageDown: [row + 10, across], PageUp: [row - 10, across],
    Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? last : row, end],
  }[event.key];
  if (to) {
    event.preventDefault();
    const within = (n, most) => Math.max(0, Math.min(n, most));
    go(rows[within(to[0], last)].cells[within(to[1], end)]);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openAt(cell);
  }
}

/** Open what a cell of the table stands for. */
function openAt(cell) {
  const row = cell.parentNode;
  point(cell);
  const place = drawn.columns[cell.cellIndex - 1];
  if (row.paper && cell.cellIndex === 0) return openPaper(row.paper, cell);
  if (row.paper && place !== undefined) return openCell(row.paper, place, cell);
  if (place !== undefined) return openMechanism(place, cell);
}
