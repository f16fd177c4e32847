// What is looked for, and which cells hold it.

const PRESENT = 0;
const NONE = 1;
const STANCES = ["supports", "weakens", "modifies", "refocuses", "not judged"];
const LETTERS = { supports: "S", weakens: "W", modifies: "M", refocuses: "R", "not judged": "n" };
const VALENCES = ["+", "-", "±", "0"];
const UNKNOWN = "not known";

const state = {
  mode: facts.show,
  order: "review",
  words: [],
  from: null,
  to: null,
  /** By the name of a filter what was chosen in it; nothing chosen lets everything through. */
  chosen: { mechanism: new Set(), stance: new Set(), outcome: new Set(), valence: new Set(), context: new Set(), country: new Set() },
};
facts.scale.forEach((of, place) => (state.chosen[`level ${place}`] = new Set()));

const { mechanisms, papers, claims, boxes } = facts;
for (const paper of papers) {
  paper.at = new Array(mechanisms.length).fill(null);
  for (const [place, how, claimed, boxed] of paper.cells)
    paper.at[place] = { state: how, claims: claimed || [], boxes: boxed || [], place, paper };
  const held = paper.at.filter((cell) => cell && cell.state === PRESENT);
  paper.held = held;
  paper.everywhere = new Set(paper.countries);
  for (const cell of held) for (const box of cell.boxes) if (boxes[box].country) paper.everywhere.add(boxes[box].country);
}

const stancesOf = (cell) => {
  const found = new Set(cell.claims.map((claim) => claims[claim].stance));
  return STANCES.filter((stance) => found.has(stance)).concat([...found].filter((one) => !STANCES.includes(one)));
};
const valencesOf = (cell) => [...new Set(cell.boxes.flatMap((box) => boxes[box].outcomes))];

const hit = (chosen, values) => !chosen.size || values.some((value) => chosen.has(value));

function textOf(thing, ...parts) {
  if (thing.folded === undefined) thing.folded = fold(parts.flat(3).filter(Boolean).join("\n"));
  return thing.folded;
}
const paperText = (of) =>
  textOf(of, of.label, of.title, of.authors, String(of.year || ""), of.where, of.doi, of.countries, of.answers);
const claimText = (of) => textOf(of, of.claim, of.quotes, of.stance);
const boxText = (of) =>
  textOf(of, of.name, of.title, of.narrative, of.printed, of.setting, of.country, of.contexts, of.named, of.parts);
const mechanismText = (of) => textOf(of, of.code, of.name, of.holds);
const hasWords = (text) => state.words.every((word) => text.includes(word));

/** Whether a paper as a whole may be shown: its year and how it was appraised. */
function paperFits(paper) {
  if (state.from !== null && !(paper.year >= state.from)) return false;
  if (state.to !== null && !(paper.year <= state.to)) return false;
  return facts.scale.every((of, place) => {
    const given = paper.levels.filter((level) => level[0] === of.name).map((level) => level[1]);
    return hit(state.chosen[`level ${place}`], given.length ? given : [UNKNOWN]);
  });
}

const claimFits = (claim) => hit(state.chosen.stance, [claims[claim].stance]);

function boxFits(place) {
  const { context, outcome, valence } = state.chosen;
  const box = boxes[place];
  return hit(context, box.contexts) && hit(outcome, box.named) && hit(valence, box.outcomes);
}
const asksOfBoxes = () => ["context", "outcome", "valence"].some((name) => state.chosen[name].size);

/** The claims and boxes of a cell that match; what is asked of both kinds must be there in both. */
function matches(cell) {
  const { stance, country } = state.chosen;
  const within = cell.paper.countries;
  const bare = !state.words.length || hasWords(paperText(cell.paper)) || hasWords(mechanismText(mechanisms[cell.place]));
  const claimed = cell.claims.filter(
    (one) => claimFits(one) && hit(country, within) && (bare || hasWords(claimText(claims[one]))));
  const boxed = cell.boxes.filter((one) => {
    const box = boxes[one];
    return boxFits(one) && hit(country, box.country ? [box.country] : within) && (bare || hasWords(boxText(box)));
  });
  if ((stance.size && !claimed.length) || (asksOfBoxes() && !boxed.length)) return { claims: [], boxes: [] };
  return { claims: stance.size || !asksOfBoxes() ? claimed : [], boxes: asksOfBoxes() || !stance.size ? boxed : [] };
}

const asksOfCells = () => Boolean(state.words.length || state.chosen.stance.size || state.chosen.country.size || asksOfBoxes());

const asksAnything = () =>
  asksOfCells() || state.from !== null || state.to !== null || Object.values(state.chosen).some((set) => set.size);

/** Whether a paper is of interest though none of its cells matches: by its own words, its own country. */
function rowStays(paper) {
  if (state.chosen.stance.size || asksOfBoxes()) return false;
  return hit(state.chosen.country, paper.countries) && (!state.words.length || hasWords(paperText(paper)));
}
