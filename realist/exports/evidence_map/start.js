// The map begins: legend, keys and mouse, light and dark.

const SIGNS = {
  ticks: [["has", "✓", "evidence"]],
  counts: [["has c2", "3", "claims and boxes"]],
  stance: [["has good", "S", "supports"], ["has bad", "W", "weakens"], ["has turn", "M", "modifies"], ["has new", "R", "refocuses"],
    ["has bare", "n", "not judged"], ["has mixed", "SW", "several"], ["has", "✓", "a box only"]],
  outcomes: [["has good", "+", "positive"], ["has bad", "−", "negative"], ["has turn", "±", "mixed"], ["has bare", "0", "no change"],
    ["has mixed", "+−", "several"], ["has", "✓", "no direction"]],
};
const STATES = [["none", "·", "looked for, none found"], ["lost", "?", "not recoverable from the source"], ["unread", "", "not looked at yet"]];

function legend() {
  const made = [...SIGNS[state.mode], ...STATES].map(([kind, text, means]) => {
    const shown = el("span", `sign ${kind}`, text);
    return el("span", "key", shown, means);
  });
  byId("legend").replaceChildren(...made);
}

function figure() {
  const held = papers.reduce((n, paper) => n + paper.held.length, 0);
  const empty = [1, 2].map((how) => papers.reduce((n, paper) => n + paper.cells.filter((cell) => cell[1] === how).length, 0));
  const unread = papers.length * mechanisms.length - held - empty[0] - empty[1];
  const n = (of) => of.toLocaleString("en");
  const of = facts.set ? ` of the included set “${facts.set}”` : "";
  const list = facts.list ? ` of the list “${facts.list}”` : "";
  byId("figure").textContent =
    `${counted(papers.length, "paper")}${of} by ${counted(mechanisms.length, "mechanism")}${list}. ` +
    `Of ${n(papers.length * mechanisms.length)} cells, ${n(held)} hold evidence, in ${n(empty[0])} it was looked for and not found, ` +
    `${n(empty[1])} cannot be recovered from the source, and ${n(unread)} were not looked at. n counts papers and mechanisms` +
    (numbers.rows || numbers.columns ? "; reported: as the source prints it." : ".") +
    (voiced ? " Stakeholders: + for, − against, ± divided, … other remarks; what they said counts in no cell." : "") +
    (facts.citation ? ` ${facts.citation}` : "");
  byId("reading").replaceChildren(...[
    "Rows are papers, columns the mechanisms of the programme theory. A cell holds evidence when a claim about the mechanism was " +
      "drawn from the paper, or when a context–mechanism–outcome configuration (box) of the paper stands under it. Nothing else makes a tick.",
    "An empty cell says why it is empty: somebody looked and found none (·), the source does not let it be recovered (?), or nobody " +
      "has looked yet (blank). What stakeholders said stands in a line of its own, and numbers that only a source gives stand beside those counted here.",
    "Filters of one kind widen (any of these), of different kinds narrow (all of these). Cells that do not match fade and are not " +
      "counted; papers with none that match are left out. Mechanisms that were merged show where they stand now.",
    "This file is complete: it holds the quotations, asks no server for anything, and can be kept beside the article.",
  ].map((text) => el("p", "", text)));
}

function themes() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = () => document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
  const name = () => (byId("theme").textContent = now() === "dark" ? "Light" : "Dark");
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = now() === "dark" ? "light" : "dark";
    name();
  });
  dark.addEventListener("change", name);
  name();
}

function listen() {
  table.addEventListener("keydown", move);
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("th,td");
    if (cell) openAt(cell);
  });
  table.addEventListener("focusin", (event) => point(event.target.closest("th,td")));
  table.addEventListener("mouseover", (event) => {
    const cell = event.target.closest("tbody td[aria-label]");
    if (cell) cell.title = cell.getAttribute("aria-label");
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      byId("words").focus();
    } else if (event.key === "Escape") {
      const open = document.querySelector(".menu[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      } else closePanel();
    }
  });
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(".menu[open]")) if (!open.contains(event.target)) open.open = false;
  });
  byId("menus").addEventListener("toggle", (event) => {
    if (event.target.open) for (const open of document.querySelectorAll(".menu[open]")) if (open !== event.target) open.open = false;
  }, true);
  byId("print").addEventListener("click", () => window.print());
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    if (drawn.at) go(drawn.at);
  });
  addEventListener("hashchange", openAddress);
}

controls();
draw();
mark();
legend();
figure();
themes();
listen();
openAddress();
