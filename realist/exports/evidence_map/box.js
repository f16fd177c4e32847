// A box, drawn as the field prints it: a frame, the narrative, the chain, and what each part rests on.

const KINDS = { context: "c", outcome: "o" };

function boxOf(of, paper) {
  const heading = el("figcaption", "heading", el("strong", "", of.name), of.title ? ". " : "", told("span", "", of.title));
  const others = of.papers.filter((name) => name !== paper.label);
  const about = [of.shows, others.length ? `with ${others.join("; ")}` : "", of.setting, of.country, of.status];
  const made = el("figure", "box", heading, told("p", "cite", about.filter(Boolean).join(" · ")));
  for (const text of of.narrative.split("\n").filter(Boolean)) made.append(told("p", "narrative", text));
  if (of.parts.length) made.append(chain(of.parts));
  const rests = of.parts.flatMap(restsOf);
  if (rests.length) made.append(el("div", "rests", ...rests));
  if (of.printed) made.append(told("p", "cite", `As printed: ${of.printed}`));
  for (const text of of.beside) made.append(told("p", "cite", text[0].toUpperCase() + text.slice(1)));
  return made;
}

/** The chain: a line for each arrow, the wording of each part with its tag. */
function chain(parts) {
  const lines = [];
  for (const [segment, join, words, tag, kind] of parts) {
    const line = lines[segment - 1] || (lines[segment - 1] = el("p", "segment", segment > 1 ? el("span", "arrow", "→ ") : ""));
    const inner = line.childNodes.length > (segment > 1 ? 1 : 0);
    const before = join ? (/^\w/.test(join) && inner ? ` ${join} ` : `${join} `) : "";
    line.append(before, told("span", "", words), words ? " " : "", el("b", `tag ${KINDS[kind] || "m"}`, tag));
  }
  return el("div", "chain", ...lines);
}

function restsOf([, , , tag, , beside, sources]) {
  const made = [];
  const head = (text) => el("p", "part", el("b", "", tag), text ? ` ${text}` : "");
  if (beside || sources.length) made.push(head(beside));
  for (const [kind, words, quotation, paper, place, by] of sources) {
    if (paper) made.push(quoted(quotation, [paper, place], by), words ? told("p", "cite", words) : "");
    else made.push(told("p", "cite", `${kind}: ${words}${by ? ` (${by})` : ""}`));
  }
  return made;
}
