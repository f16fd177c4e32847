// The search, the filters and how cells are shown.

const MODES = { ticks: "Ticks", counts: "Counts", stance: "Stance", outcomes: "Outcomes" };
const ORDERS = { review: "as in the review", name: "by name", year: "newest first", most: "most evidence first" };
let asked = 0;

/** Mark once before the next frame, however often it is asked for. */
function soon() {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(mark);
}

/** Filters: name, heading, what can be chosen as [value, text, in how many papers]. */
function offers() {
  const held = (of) => tally(papers.map((paper) => new Set(paper.held.flatMap(of))));
  const boxed = (key) => held((cell) => cell.boxes.flatMap((box) => boxes[box][key]));
  const sorted = (counts) => [...counts].sort((a, b) => a[0].localeCompare(b[0], "en")).map(([value, n]) => [value, value, n]);
  const known = (counts, order, word = (value) => value) =>
    order.filter((value) => counts.has(value)).map((value) => [value, word(value), counts.get(value)]);
  const levels = facts.scale.map((of, place) => {
    const counts = tally(papers.map((paper) => {
      const given = paper.levels.filter((level) => level[0] === of.name).map((level) => level[1]);
      return new Set(given.length ? given : [UNKNOWN]);
    }));
    return [`level ${place}`, of.name, known(counts, [...of.levels, UNKNOWN]).filter(() => counts.size > 1 || !counts.has(UNKNOWN))];
  });
  return [
    ["mechanism", "Mechanism", mechanisms.map((of, place) => [place, `${of.code} ${of.name}`, of.n])],
    ["context", "Context", sorted(boxed("contexts"))],
    ["outcome", "Outcome", sorted(boxed("named"))],
    ["valence", "Direction of outcome", known(boxed("outcomes"), VALENCES, (value) => `${value.replace("-", "−")} ${valenceWord(value)}`)],
    ["stance", "Stance", known(held((cell) => cell.claims.map((claim) => claims[claim].stance)), STANCES)],
    ["country", "Country", sorted(tally(papers.map((paper) => paper.everywhere)))],
    ...levels,
  ].filter(([, , values]) => values.length > 1 || (values.length && values[0][2] < papers.length));
}

function tally(sets) {
  const counts = new Map();
  for (const set of sets) for (const value of set) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

const labels = new Map();

function menu([name, title, values]) {
  const badge = el("span", "badge");
  const fields = el("fieldset", "", el("legend", "vh", title));
  for (const [value, text, n] of values) {
    const box = el("input");
    box.type = "checkbox";
    box.addEventListener("change", () => choose(name, value, box.checked));
    const label = el("label", "", box, el("span", "", text), el("small", "", String(n)));
    label.dir = "auto";
    labels.set(`${name} ${value}`, [title, text, box]);
    fields.append(label);
  }
  const made = el("details", "menu", el("summary", "", title.charAt(0).toUpperCase() + title.slice(1), badge), el("div", "list", narrowed(values, fields), fields));
  made.dataset.name = name;
  return made;
}

/** A field that narrows a long list to what holds some letters. */
function narrowed(values, fields) {
  if (values.length < 15) return "";
  const words = el("input", "narrow");
  words.type = "search";
  words.placeholder = "Narrow this list";
  words.setAttribute("aria-label", "Narrow this list");
  words.addEventListener("input", () => {
    for (const label of fields.querySelectorAll("label")) label.hidden = !fold(label.textContent).includes(fold(words.value.trim()));
  });
  return words;
}

function years() {
  const known = papers.map((paper) => paper.year).filter(Boolean);
  if (!known.length) return "";
  const [least, most] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  if (least === most) return "";
  const field = (name, text, start) => {
    const made = el("input");
    Object.assign(made, { type: "number", min: least, max: most, placeholder: start, id: `year-${name}`, inputMode: "numeric" });
    made.addEventListener("input", () => {
      state[name] = made.value === "" ? null : Number(made.value);
      changed();
    });
    const label = el("label", "", text, made);
    return label;
  };
  return el("details", "menu", el("summary", "", "Year", el("span", "badge")),
    el("div", "list years", field("from", "From ", least), field("to", "To ", most)));
}

function choose(name, value, wanted) {
  const set = state.chosen[name];
  if (wanted) set.add(value);
  else set.delete(value);
  if (name === "mechanism") draw();
  changed();
}

function changed() {
  for (const made of document.querySelectorAll(".menu")) {
    const { name } = made.dataset;
    const n = name ? state.chosen[name].size : Number(state.from !== null) + Number(state.to !== null);
    made.querySelector(".badge").textContent = n ? String(n) : "";
    made.classList.toggle("used", n > 0);
  }
  chips();
  soon();
}

function chips() {
  const list = byId("chips");
  const made = [];
  const chip = (text, does) => {
    const one = button(text, "chip", () => {
      does();
      changed();
      byId("hits").focus();
    });
    one.setAttribute("aria-label", `Take back the filter ${text}`);
    one.dir = "auto";
    made.push(el("li", "", one));
  };
  for (const [name, set] of Object.entries(state.chosen))
    for (const value of set) {
      const [title, text, box] = labels.get(`${name} ${value}`);
      chip(`${title}: ${text}`, () => {
        box.checked = false;
        choose(name, value, false);
      });
    }
  if (state.words.length)
    chip(`Search: ${byId("words").value.trim()}`, () => {
      state.words = [];
      byId("words").value = "";
    });
  for (const name of ["from", "to"])
    if (state[name] !== null)
      chip(`${name} ${state[name]}`, () => {
        state[name] = null;
        byId(`year-${name}`).value = "";
      });
  if (made.length > 1) made.push(el("li", "", button("Clear all", "link", clearAll)));
  list.replaceChildren(...made);
}

function clearAll() {
  const redraw = state.chosen.mechanism.size > 0;
  for (const set of Object.values(state.chosen)) set.clear();
  for (const [, , box] of labels.values()) box.checked = false;
  state.from = state.to = null;
  state.words = [];
  for (const input of document.querySelectorAll("#words,.years input")) input.value = "";
  if (redraw) draw();
  changed();
  byId("hits").focus();
}

function modes() {
  const offered = ["ticks", "counts", ...(claims.length ? ["stance"] : []), ...(boxes.length ? ["outcomes"] : [])];
  for (const mode of offered) {
    const radio = el("input");
    Object.assign(radio, { type: "radio", name: "mode", value: mode, checked: mode === state.mode });
    radio.addEventListener("change", () => {
      state.mode = mode;
      repaint();
      legend();
    });
    byId("modes").append(el("label", "", radio, el("span", "", MODES[mode])));
  }
}

/** Set the signs anew, without drawing the table. */
function repaint() {
  for (const row of drawn.rows)
    drawn.columns.forEach((place, across) => {
      const cell = row.paper.at[place];
      if (!cell || cell.state !== PRESENT) return;
      const made = row.children[across + 1];
      const off = made.classList.contains("off");
      made.className = shade(cell) + (off ? " off" : "");
      made.textContent = sign(cell);
    });
}

function controls() {
  modes();
  const order = byId("order");
  for (const [value, text] of Object.entries(ORDERS)) {
    const option = el("option", "", text);
    option.value = value;
    order.append(option);
  }
  order.addEventListener("change", () => {
    state.order = order.value;
    reorder();
  });
  const menus = offers().map(menu);
  const year = years();
  if (year) menus.push(year);
  byId("menus").append(...menus);
  byId("words").addEventListener("input", (event) => {
    state.words = fold(event.target.value).split(/\s+/).filter(Boolean);
    chips();
    soon();
  });
  byId("clear").addEventListener("click", clearAll);
}
