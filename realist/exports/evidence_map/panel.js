// What stands behind a cell, a paper, a mechanism: beside the grid, or over it on a small screen.

const panel = byId("panel");
let cameFrom = null;

function show(title, about, from, address, ...children) {
  const heading = told("h2", "", title);
  heading.id = "panel-title";
  heading.tabIndex = -1;
  const shut = button("Close", "close", closePanel);
  shut.setAttribute("aria-keyshortcuts", "Escape");
  panel.replaceChildren(el("div", "panel-top", heading, shut), ...about, ...children);
  panel.hidden = false;
  document.body.classList.add("opened");
  panel.scrollTop = 0;
  if (from !== undefined) cameFrom = from;
  behindIt(matchMedia("(max-width: 60rem)").matches);
  remember(address);
  heading.focus({ preventScroll: true });
}

function closePanel() {
  if (panel.hidden) return;
  panel.hidden = true;
  behindIt(false);
  document.body.classList.remove("opened");
  remember("");
  if (cameFrom && cameFrom.isConnected && !cameFrom.parentNode.hidden) go(cameFrom);
  else if (drawn.at) drawn.at.focus();
}

/** Where the panel covers the page, nothing under it can be reached until it is closed. */
function behindIt(covered) {
  for (const part of [document.querySelector(".top"), byId("filters"), byId("scroll"), byId("caption")]) part.inert = covered;
}

/** Keep in the address what is open, so that a link leads there. */
function remember(address) {
  try {
    history.replaceState(null, "", address ? `#${address}` : location.pathname + location.search);
  } catch {
    // Some viewers have no address; the map works without.
  }
}

function openAddress() {
  const [what, one, other] = location.hash.slice(1).split("/");
  const paper = papers.find((of) => of.uid === one);
  const place = mechanisms.findIndex((of) => of.uid === (what === "cell" ? other : one));
  if (what === "cell" && paper && place >= 0) openCell(paper, place, null);
  else if (what === "paper" && paper) openPaper(paper, null);
  else if (what === "mechanism" && place >= 0) openMechanism(place, null);
}

function openCell(paper, place, from) {
  const cell = paper.at[place];
  const mechanism = mechanisms[place];
  const where = el("p", "where", button("About the paper", "link", () => openPaper(paper)), " · ",
    button(`About the mechanism ${mechanism.code}`, "link", () => openMechanism(place)));
  const found = cell && cell.state === PRESENT ? pieces(cell) : [nothing(paper, place, cell)];
  show(`${paper.label} × ${mechanism.name}`, [where], from, `cell/${paper.uid}/${mechanism.uid}`, ...found);
}

/** All that a cell holds: what matches, and apart from it what does not. */
function pieces(cell) {
  const good = asksOfCells() ? matches(cell) : { claims: cell.claims, boxes: cell.boxes };
  const rest = (all, some) => all.filter((one) => !some.includes(one));
  const others = { claims: rest(cell.claims, good.claims), boxes: rest(cell.boxes, good.boxes) };
  const n = others.claims.length + others.boxes.length;
  const made = listed(good, cell.paper);
  if (n) {
    const more = el("details", "others", el("summary", "", `${counted(n, "more")}, outside the filters`.replace("mores", "more")),
      ...listed(others, cell.paper));
    more.open = !made.length;
    made.push(more);
  }
  return made;
}

function listed(of, paper) {
  const made = [];
  if (of.claims.length) made.push(el("h3", "", counted(of.claims.length, "claim")), ...of.claims.map((one) => claimOf(claims[one])));
  if (of.boxes.length)
    made.push(el("h3", "", counted(of.boxes.length, "box", "boxes")), ...of.boxes.map((one) => boxOf(boxes[one], paper)));
  return made;
}

function nothing(paper, place, cell) {
  const text = spoken(cell);
  const made = el("div", "nothing", el("p", "", text[0].toUpperCase() + text.slice(1) + "."));
  for (const [note, by, whole, places] of paper.looks)
    if (places.includes(place)) {
      const how = whole ? `${by}, reading for all mechanisms` : by;
      made.append(el("p", "cite", note ? told("span", "", `${note} `) : "", `(${how})`));
    }
  return made;
}

function claimOf(of) {
  const letter = el("span", `letter ${of.stance.replace(" ", "-")}`, LETTERS[of.stance] || "!");
  letter.setAttribute("aria-hidden", "true");
  const made = el("article", "claim", el("p", "stance", letter, of.stance), of.claim ? told("p", "words", of.claim) : "");
  for (const [quotation, place] of of.quotes) made.append(quoted(quotation, [of.paper, place], of.by));
  if (!of.quotes.length) made.append(el("p", "cite", `${[of.paper, "no words quoted"].join(", ")}; recorded by ${of.by}`));
  return made;
}

function quoted(quotation, where, by) {
  const cite = told("figcaption", "cite", where.filter(Boolean).join(", ") + (by ? `; recorded by ${by}` : ""));
  if (!quotation) {
    cite.append(" (no words quoted)");
    return el("figure", "quote", cite);
  }
  return el("figure", "quote", told("blockquote", "", `“${quotation}”`), cite);
}

function facing(name, ...values) {
  const given = values.filter(Boolean);
  return given.length ? [el("dt", "", name), ...given.map((value) => (value instanceof Node ? el("dd", "", value) : told("dd", "", value)))] : [];
}

function openPaper(paper, from) {
  const about = [told("p", "lead", paper.title || ""), told("p", "", paper.authors || "")];
  const link = /^10\.\d{4,9}\/\S+$/.test(paper.doi || "") ? el("a", "", paper.doi) : paper.doi;
  if (link && link.nodeType) {
    link.href = `https://doi.org/${encodeURI(paper.doi).replace(/[?#]/g, encodeURIComponent)}`;
    link.rel = "noopener noreferrer external";
  }
  const list = el("dl", "", ...facing("Published", [paper.where, paper.year].filter(Boolean).join(", ")), ...facing("DOI", link),
    ...facing("Country", ...(paper.countries.length ? paper.countries : [...paper.everywhere])),
    ...paper.levels.flatMap(([name, level, reason, by]) => facing(name, `${level}${reason ? `: ${reason}` : ""} (${by})`)),
    ...paper.answers.flatMap(([label, value, by]) => facing(label, `${value}${by ? ` (${by})` : ""}`)),
    ...facing("Mechanisms", `${paper.n}${paper.reported.length ? `; as reported: ${paper.reported.join(", ")}` : ""}`));
  const cells = paper.at.map((cell, place) => [cell, place]).filter(([cell]) => cell && cell.state === PRESENT);
  show(paper.label, about.filter((one) => one.textContent), from, `paper/${paper.uid}`, list, places("Evidence on",
    cells.map(([cell, place]) => [mechanisms[place].name, cell, () => openCell(paper, place)])));
}

function openMechanism(place, from) {
  const of = mechanisms[place];
  const about = [told("p", "lead", of.about), told("p", "cite", of.note)];
  if (of.holds.length) about.push(told("p", "cite", `With what was given to ${of.holds.join("; ")}, merged into it.`));
  const reported = of.reported.length ? `; as reported: ${of.reported.join(", ")}` : "";
  about.push(el("p", "", `${of.code}, ${of.kind || "mechanism"}. ${counted(of.n, "paper")}${reported}.`));
  const said = of.said.map(([voice, words, who, consultation, by]) =>
    el("figure", "quote", told("blockquote", "", words || voice),
      told("figcaption", "cite", `${voice}; ${[who, consultation].filter(Boolean).join(", ")}${who || consultation ? "; " : ""}recorded by ${by}`)));
  const cells = ordered().filter((paper) => paper.at[place] && paper.at[place].state === PRESENT);
  show(of.name, about.filter((one) => one.textContent), from, `mechanism/${of.uid}`,
    ...(said.length ? [el("h3", "", "Stakeholders"), ...said] : []),
    places("Evidence in", cells.map((paper) => [paper.label, paper.at[place], () => openCell(paper, place)])));
}

/** Buttons that lead to cells, each with what it shows. */
function places(title, of) {
  if (!of.length) return el("p", "cite", "No evidence yet.");
  return el("div", "", el("h3", "", title), el("ul", "places", ...of.map(([name, cell, does]) => {
    const shown = el("span", `sign ${shade(cell)}`, sign(cell));
    shown.setAttribute("aria-hidden", "true");
    const made = button("", "link", does);
    made.append(shown, told("span", "", name), el("span", "vh", `: ${spoken(cell)}`));
    return el("li", "", made);
  })));
}
